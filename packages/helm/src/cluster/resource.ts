/**
 * Resources: the objects of a manifest with their place in the cluster. Comes in: manifest text. Goes out: objects in
 * order, lists flattened, mapped and given a namespace (Helm's `Build`). Not its business: sending them anywhere.
 */
import { GoError, parseYaml, toGoJson, toJs } from '@flotilla/gocompat';
import type { Cluster, ObjectRef } from './cluster.ts';
import { hasReason } from './cluster-error.ts';
import {
  apiVersionOf,
  type JsonObject,
  kindOfObject,
  nameOf,
  namespaceOf,
  objectOf,
  withMetadata,
} from './json-object.ts';

export interface Resource {
  readonly ref: ObjectRef;
  readonly object: JsonObject;
}

export interface BuildOptions {
  /** For namespaced objects that name none. */
  readonly namespace: string;
  readonly signal: AbortSignal;
}

/**
 * The resources of a manifest. Rejects with GoError when a document is no object or its kind is unknown; all such
 * problems are told at once, in kubectl's words.
 */
export async function buildResources(
  cluster: Cluster,
  manifest: string,
  options: BuildOptions,
): Promise<readonly Resource[]> {
  const problems: GoError[] = [];
  const objects = splitStream(manifest).flatMap((text) => {
    try {
      return readObjects(text);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      problems.push(error);
      return [];
    }
  });
  const resources: Resource[] = [];
  for (const object of objects) {
    try {
      resources.push(await mapObject(cluster, object, options));
    } catch (error) {
      if (!hasReason(error, 'NoMatch')) throw error;
      problems.push(unknownKind(object, error));
    }
  }
  if (problems.length > 0) throw aggregate(problems);
  return resources;
}

/** kubectl's way to cut a stream: at lines that begin with `---`, whatever follows on them. */
function splitStream(manifest: string): readonly string[] {
  return `\n${manifest}`.split(/\n---[^\n]*(?:\n|$)/).filter((text) => text.trim() !== '');
}

function readObjects(text: string): readonly JsonObject[] {
  let value: unknown;
  try {
    value = parseYaml(text, { dialect: 'v2', numbers: 'int' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GoError(`error parsing : error converting YAML to JSON: ${reason}`, { cause: error });
  }
  if (value === null || value === undefined) return [];
  const object = objectOf(toJs(value));
  if (object === undefined || kindOfObject(object) === '') {
    throw new GoError(`unable to decode "": Object 'Kind' is missing in '${toGoJson(value)}'`);
  }
  if (!kindOfObject(object).endsWith('List') || !Array.isArray(object['items'])) return [object];
  return object['items'].map(objectOf).filter((item) => item !== undefined);
}

async function mapObject(cluster: Cluster, object: JsonObject, options: BuildOptions): Promise<Resource> {
  const mapping = await cluster.mapping(apiVersionOf(object), kindOfObject(object), options);
  const name = nameOf(object);
  if (!mapping.isNamespaced) return { ref: { mapping, namespace: '', name }, object };
  const namespace = namespaceOf(object) || options.namespace;
  return { ref: { mapping, namespace, name }, object: withMetadata(object, { namespace }) };
}

function unknownKind(object: JsonObject, cause: GoError): GoError {
  const place = `name: "${nameOf(object)}" namespace: "${namespaceOf(object)}" from ""`;
  return new GoError(
    `resource mapping not found for ${place}: ${cause.message}\nensure CRDs are installed first`,
    { cause },
  );
}

/** Go's `Aggregate`: one error as it is, more of them in brackets, equal ones once. */
function aggregate(problems: readonly GoError[]): GoError {
  const [first] = problems;
  const texts = [...new Set(problems.map((problem) => problem.message))];
  return new GoError(texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`, { cause: first });
}

/** `Deployment "web" in namespace "default"` */
export function describeResource({ mapping, name, namespace }: ObjectRef): string {
  return `${mapping.kind} ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)}`;
}

/** Same object whatever version of its kind (Helm 4.3.1 and 3.17.1+). */
export function identityOf({ mapping, namespace, name }: ObjectRef): string {
  return `${mapping.group}/${mapping.kind}/${namespace}/${name}`;
}

/** As {@link identityOf}, but the version counts: what an upgrade takes for new. */
export function versionedIdentityOf(ref: ObjectRef): string {
  return `${ref.mapping.version}/${identityOf(ref)}`;
}
