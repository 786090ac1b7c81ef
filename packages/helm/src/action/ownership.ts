/**
 * Which release an object belongs to: the marks Helm leaves on objects and looks for before it touches them. Comes in:
 * resources and a release's name. Goes out: marked resources, those that exist already, or an error naming a stranger.
 */
import { GoError } from '@flotilla/gocompat';
import type { Cluster } from '../cluster/cluster.ts';
import { isNotFound } from '../cluster/cluster-error.ts';
import { type JsonObject, objectOf, textAt, textsAt, withMetadata } from '../cluster/json-object.ts';
import { describeResource, type Resource } from '../cluster/resource.ts';

export interface ReleaseName {
  readonly name: string;
  readonly namespace: string;
}

const managedBy = 'app.kubernetes.io/managed-by';
const releaseName = 'meta.helm.sh/release-name';
const releaseNamespace = 'meta.helm.sh/release-namespace';

/** The resource with Helm's marks, whatever it says itself. */
export function markOwned(resource: Resource, { name, namespace }: ReleaseName): Resource {
  const metadata = objectOf(resource.object['metadata']) ?? {};
  const object = withMetadata(resource.object, {
    labels: { ...objectOf(metadata['labels']), [managedBy]: 'Helm' },
    annotations: {
      ...objectOf(metadata['annotations']),
      [releaseName]: name,
      [releaseNamespace]: namespace,
    },
  });
  return { ref: resource.ref, object };
}

/** What is wrong with an object's marks; undefined when the release owns it. */
export function ownershipProblem(object: JsonObject, release: ReleaseName): string | undefined {
  const labels = textsAt(object, 'metadata', 'labels');
  const annotations = textsAt(object, 'metadata', 'annotations');
  const problems = [
    ['label', valueProblem(labels, managedBy, 'Helm')],
    ['annotation', valueProblem(annotations, releaseName, release.name)],
    ['annotation', valueProblem(annotations, releaseNamespace, release.namespace)],
  ].flatMap(([kind, problem]) => (problem === undefined ? [] : [`${kind} validation error: ${problem}`]));
  return problems.length === 0 ? undefined : `invalid ownership metadata; ${problems.join('; ')}`;
}

function valueProblem(
  found: Readonly<Record<string, string>>,
  key: string,
  wanted: string,
): string | undefined {
  const quoted = JSON.stringify(key);
  const value = found[key];
  if (value === undefined) return `missing key ${quoted}: must be set to ${JSON.stringify(wanted)}`;
  if (value === wanted) return undefined;
  return `key ${quoted} must equal ${JSON.stringify(wanted)}: current value is ${JSON.stringify(value)}`;
}

/** The live object of each resource, all asked at once: undefined when there is none, the error when asking failed. */
export function liveObjects(
  cluster: Cluster,
  resources: readonly Resource[],
  signal: AbortSignal,
): Promise<readonly (JsonObject | GoError | undefined)[]> {
  return Promise.all(
    resources.map(async ({ ref }) => {
      if (ref.name === '') return undefined;
      try {
        return await cluster.get(ref, { signal });
      } catch (error) {
        signal.throwIfAborted();
        if (isNotFound(error)) return undefined;
        if (error instanceof GoError) return error;
        throw error;
      }
    }),
  );
}

export interface AdoptionOptions {
  readonly release: ReleaseName;
  /** Take over what belongs to somebody else (`--take-ownership`). */
  readonly takeOwnership: boolean;
  readonly signal: AbortSignal;
}

/** Those resources that exist already and may be adopted. Rejects with GoError at the first that may not. */
export async function existingResources(
  cluster: Cluster,
  resources: readonly Resource[],
  options: AdoptionOptions,
): Promise<readonly Resource[]> {
  const live = await liveObjects(cluster, resources, options.signal);
  return resources.filter((resource, index) => {
    const problem = adoptionProblem(resource, live[index], options);
    if (problem !== undefined) throw problem;
    return live[index] !== undefined;
  });
}

function adoptionProblem(
  { ref, object }: Resource,
  live: JsonObject | GoError | undefined,
  options: AdoptionOptions,
): GoError | undefined {
  if (textAt(object, 'metadata', 'generateName') !== '') {
    return ref.name === ''
      ? undefined
      : new GoError('metadata.name and metadata.generateName cannot both be set');
  }
  if (live === undefined) return undefined;
  if (live instanceof GoError) {
    const message = `could not get information about the resource ${describeResource(ref)}: ${live.message}`;
    return new GoError(message, { cause: live });
  }
  if (options.takeOwnership) return undefined;
  const problem = ownershipProblem(live, options.release);
  if (problem === undefined) return undefined;
  return new GoError(
    `${describeResource(ref)} exists and cannot be imported into the current release: ${problem}`,
  );
}
