import { compareStrings, Dict, emitYaml, formatValue, parseYaml, YamlError } from '@flotilla/gocompat';

/**
 * Manifest text to objects by identity, as helm-diff 3.15.11 reads it (helmfile-cli.md §12.3).
 * In: what `helm get manifest` or `helm template` prints. Out: one entry per object, keyed `namespace, name, Kind (api)`.
 * Not its business: comparing, printing.
 */

export interface ManifestObject {
  readonly key: string;
  readonly kind: string;
  /** The object's text, comments included. */
  readonly content: string;
  /** `helm.sh/resource-policy: keep`: its disappearance is no removal. */
  readonly isKept: boolean;
}

export interface ReadManifestOptions {
  /** The release's namespace, for objects that name none. */
  readonly namespace: string;
  readonly includeTests: boolean;
  readonly normalize: boolean;
}

/** By key; of several objects with one key the first counts. */
export type ManifestObjects = ReadonlyMap<string, ManifestObject>;

/** An object that cannot be read. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Reads manifests; what two of them have in common is read once. Throws {@link ManifestError} when a piece is not YAML. */
export function manifestReader(options: ReadManifestOptions): (manifest: string) => ManifestObjects {
  const known = new Map<string, readonly ManifestObject[]>();
  return (manifest) =>
    collectObjects(manifest, (content) => {
      const objects = known.get(content) ?? readPiece(content, options);
      known.set(content, objects);
      return objects;
    });
}

function collectObjects(
  manifest: string,
  read: (content: string) => readonly ManifestObject[],
): ManifestObjects {
  const objects = new Map<string, ManifestObject>();
  for (const piece of `\n${manifest}`.split('\n---\n')) {
    const content = piece.trim();
    if (content === '') continue;
    for (const object of read(content)) if (!objects.has(object.key)) objects.set(object.key, object);
  }
  return objects;
}

/** Keys in the order helm-diff reports them. */
export function sortedKeysOf(objects: ManifestObjects): readonly string[] {
  return [...objects.keys()].sort(compareStrings);
}

function readPiece(content: string, options: ReadManifestOptions): readonly ManifestObject[] {
  const value = parsePiece(content);
  return value instanceof Dict ? readValue(value, content, options) : [];
}

/** Lists become their items, whose texts end in a line break. */
function readValue(value: Dict, content: string, options: ReadManifestOptions): readonly ManifestObject[] {
  const kind = textOf(value['kind']);
  if (kind === '' && textOf(value['apiVersion']) === '') return [];
  if (kind.endsWith('List')) {
    const items: readonly unknown[] = Array.isArray(value['items']) ? value['items'] : [];
    return items.flatMap((item) =>
      item instanceof Dict
        ? readValue(item, emitYaml(item, { dialect: 'v2', sortKeys: false }), options)
        : [],
    );
  }
  return readObject(value, options.normalize ? emitYaml(value, { dialect: 'v2' }) : content, options);
}

function parsePiece(content: string): unknown {
  try {
    return parseYaml(content, { dialect: 'v2', numbers: 'int' });
  } catch (error) {
    if (error instanceof YamlError) throw unreadable(content, error);
    throw error;
  }
}

/** Names the template; helm-diff prints the piece itself, which may hold secrets. */
function unreadable(content: string, cause: YamlError): ManifestError {
  const source = /^# Source: (.*)$/m.exec(content)?.[1];
  const place = source === undefined ? '' : ` in ${source}`;
  const reason = cause.message.replace('error converting YAML to JSON: ', '');
  return new ManifestError(`YAML unmarshal error${place}: ${reason}`, { cause });
}

function readObject(value: Dict, content: string, options: ReadManifestOptions): readonly ManifestObject[] {
  const metadata = value['metadata'] instanceof Dict ? value['metadata'] : new Dict();
  const annotations = metadata['annotations'] instanceof Dict ? metadata['annotations'] : new Dict();
  const hook = textOf(annotations['helm.sh/hook']);
  if (!options.includeTests && (hook === 'test' || hook === 'test-success')) return [];
  const kind = textOf(value['kind']);
  const apiVersion = textOf(value['apiVersion']);
  const namespace = textOf(metadata['namespace']) || options.namespace;
  const name = textOf(annotations['helm-diff/base-name'] ?? metadata['name']);
  const key = `${namespace}, ${name}, ${kind} (${apiGroupOf(apiVersion)})`;
  const isKept = textOf(annotations['helm.sh/resource-policy']) === 'keep';
  return [{ key, kind, content, isKept }];
}

function apiGroupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash === -1 ? apiVersion : apiVersion.slice(0, slash);
}

/** A scalar where Go wants a string. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const isNothing = value === null || value === undefined || value instanceof Dict || Array.isArray(value);
  return isNothing ? '' : formatValue(value);
}
