import type { LiveObject } from '@flotilla/core';
import { Dict, emitYaml, fromJs } from '@flotilla/gocompat';
import { type ManifestObject, type ReadManifestOptions, readManifest } from './manifest-objects.ts';

/**
 * What a comparison with the cluster compares (helm-diff 3.15.11 `--three-way-merge`, `--take-ownership`; helmfile-cli.md §12.2).
 * In: manifests and the objects as the cluster has them. Out: the texts or objects of both sides.
 * Not its business: asking the cluster, making patches.
 */

export interface ThreeWayInput {
  readonly before: string;
  readonly after: string;
  readonly namespace: string;
  readonly live: readonly LiveObject[];
}

export interface ThreeWayTexts {
  readonly before: string;
  readonly after: string;
}

/**
 * Both sides of a three-way comparison: before, what leaves the release and the live objects; after, the new objects and what the
 * server makes of the change. Keys are sorted and comments lost, as there.
 */
export function threeWayTexts({ before, after, namespace, live }: ThreeWayInput): ThreeWayTexts {
  const options: ReadManifestOptions = { namespace, includeTests: true, normalize: true };
  const released = readManifest(before, options).objects;
  const target = readManifest(after, options).objects;
  const current = new Map(live.map((object) => [keyOf(object.live, namespace), object]));
  const left: string[] = [];
  const right: string[] = [];
  for (const [key, { content }] of released) if (!target.has(key)) left.push(content);
  for (const [key, { content }] of target) {
    const object = current.get(key);
    if (object !== undefined) left.push(tidyText(object.live));
    right.push(object === undefined ? content : tidyText(object.patched ?? object.live));
  }
  return { before: documents(left), after: documents(right) };
}

function documents(texts: readonly string[]): string {
  return texts.map((text) => `\n---\n${text}`).join('');
}

export interface Ownership {
  readonly key: string;
  /** `namespace/release` that owned the object. */
  readonly before: string;
  readonly after: string;
  /** The live object, which stands for the old side. */
  readonly object: ManifestObject;
}

export interface OwnershipInput {
  readonly releaseName: string;
  readonly namespace: string;
  readonly includeTests: boolean;
  readonly live: readonly LiveObject[];
}

/** The live objects another release owns, sorted by key. */
export function ownershipChanges(input: OwnershipInput): readonly Ownership[] {
  const { namespace, includeTests } = input;
  const after = `${namespace}/${input.releaseName}`;
  const changes = input.live.flatMap(({ live }) => {
    const before = ownerOf(live);
    if (before === after) return [];
    const read = readManifest(tidyText(live), { namespace, includeTests, normalize: true });
    return [...read.objects.values()].map((object) => ({
      key: object.key,
      before,
      after,
      object: { ...object, content: object.content.replace(/\n$/, '') },
    }));
  });
  return changes.sort((left, right) => (left.key < right.key ? -1 : 1));
}

type Json = LiveObject['live'];

function keyOf(object: Json, namespace: string): string {
  const read = readManifest(tidyText(object), { namespace, includeTests: true, normalize: true });
  return [...read.objects.keys()][0] ?? '';
}

function ownerOf(object: Json): string {
  const annotations = child(child(fromJs(object), 'metadata'), 'annotations');
  if (!(annotations instanceof Dict)) return '';
  const namespace = annotations['meta.helm.sh/release-namespace'];
  const name = annotations['meta.helm.sh/release-name'];
  return `${typeof namespace === 'string' ? `${namespace}/` : ''}${typeof name === 'string' ? name : ''}`;
}

function child(value: unknown, key: string): unknown {
  return value instanceof Dict ? value[key] : undefined;
}

const serverFields: readonly string[] = [
  'managedFields',
  'generation',
  'creationTimestamp',
  'resourceVersion',
  'uid',
];
const ownAnnotations: readonly string[] = [
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
  'deployment.kubernetes.io/revision',
];

/** The object without what the server and Helm keep in it. */
function tidyText(object: Json): string {
  const root = withoutKeys(fromJs(object, 'int'), ['status']);
  const metadata = withoutKeys(root['metadata'], serverFields);
  const annotations = withoutKeys(metadata['annotations'], ownAnnotations);
  if (Object.keys(annotations).length > 0) metadata['annotations'] = annotations;
  else delete metadata['annotations'];
  root['metadata'] = metadata;
  return emitYaml(root, { dialect: 'v2' });
}

function withoutKeys(value: unknown, keys: readonly string[]): Dict {
  const result = new Dict();
  if (!(value instanceof Dict)) return result;
  for (const key of Object.keys(value)) if (!keys.includes(key)) result[key] = value[key];
  return result;
}
