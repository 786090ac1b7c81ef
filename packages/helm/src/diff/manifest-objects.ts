import { compareStrings, Dict, emitYaml, parseYaml } from '@flotilla/gocompat';

/**
 * Manifest text to objects by identity, as helm-diff 3.15.11 reads it (helmfile-cli.md §12.3).
 * In: what `helm get manifest` or `helm template` prints. Out: one entry per object, keyed `namespace, name, Kind (api)`.
 * Not its business: comparing, printing.
 */

export interface ManifestObject {
  readonly key: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly name: string;
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

export interface ManifestObjects {
  readonly objects: ReadonlyMap<string, ManifestObject>;
  /** Keys that occurred more than once; the first object won. */
  readonly duplicates: readonly string[];
}

/** A manifest that is not YAML; `content` is the piece. */
export class ManifestError extends Error {
  readonly content: string;

  constructor(content: string, cause: Error) {
    super(`YAML unmarshal error: ${cause.message}\nCan't unmarshal ${content}`, { cause });
    this.name = 'ManifestError';
    this.content = content;
  }
}

/** Reads a manifest. Throws {@link ManifestError} when a piece is not YAML. */
export function readManifest(manifest: string, options: ReadManifestOptions): ManifestObjects {
  const objects = new Map<string, ManifestObject>();
  const duplicates: string[] = [];
  for (const piece of `\n${manifest}`.split('\n---\n')) {
    const content = piece.trim();
    if (content === '') continue;
    for (const object of readPiece(content, options)) {
      if (objects.has(object.key)) duplicates.push(object.key);
      else objects.set(object.key, object);
    }
  }
  return { objects, duplicates };
}

/** Keys in the order helm-diff reports them. */
export function sortedKeysOf(objects: ReadonlyMap<string, ManifestObject>): readonly string[] {
  return [...objects.keys()].sort(compareStrings);
}

function readPiece(content: string, options: ReadManifestOptions): readonly ManifestObject[] {
  const value = parsePiece(content);
  if (!(value instanceof Dict)) return [];
  const kind = textOf(value['kind']);
  if (kind === '' && textOf(value['apiVersion']) === '') return [];
  if (kind.endsWith('List') && Array.isArray(value['items'])) {
    return value['items'].flatMap((item: unknown) =>
      item instanceof Dict
        ? readObject(item, emitYaml(item, { dialect: 'v2', sortKeys: false }), options)
        : [],
    );
  }
  const text = options.normalize ? emitYaml(value, { dialect: 'v2' }) : content;
  return readObject(value, text, options);
}

function parsePiece(content: string): unknown {
  try {
    return parseYaml(content, { dialect: 'v2', numbers: 'int' });
  } catch (error) {
    if (error instanceof Error) throw new ManifestError(content, error);
    throw error;
  }
}

function readObject(value: Dict, content: string, options: ReadManifestOptions): readonly ManifestObject[] {
  const metadata = value['metadata'] instanceof Dict ? value['metadata'] : new Dict();
  const annotations = metadata['annotations'] instanceof Dict ? metadata['annotations'] : new Dict();
  const hook = textOf(annotations['helm.sh/hook']);
  if (!options.includeTests && (hook === 'test' || hook === 'test-success')) return [];
  const kind = textOf(value['kind']);
  const apiVersion = textOf(value['apiVersion']);
  const namespace = textOf(metadata['namespace']) || options.namespace;
  const name = textOf(annotations['helm-diff/base-name']) || textOf(metadata['name']);
  const key = `${namespace}, ${name}, ${kind} (${apiGroupOf(apiVersion)})`;
  const isKept = textOf(annotations['helm.sh/resource-policy']) === 'keep';
  return [{ key, kind, apiVersion, namespace, name, content, isKept }];
}

function apiGroupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash === -1 ? apiVersion : apiVersion.slice(0, slash);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
