import { Dict, emitYaml, fromJs } from '@flotilla/gocompat';
import { at, type JsonObject } from '../cluster/json-object.ts';

/** Live objects as comparisons show them: without what the server and Helm keep in them (helm-diff 3.15.11). */

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

/** The object as YAML with sorted keys. Go reads numbers as floats where it compares owners: `numbers` says so. */
export function liveText(object: JsonObject, numbers: 'int' | 'float64' = 'int'): string {
  const root = withoutKeys(fromJs(object, numbers), ['status']);
  const metadata = withoutKeys(root['metadata'], serverFields);
  const annotations = withoutKeys(metadata['annotations'], ownAnnotations);
  if (Object.keys(annotations).length > 0) metadata['annotations'] = annotations;
  else delete metadata['annotations'];
  root['metadata'] = metadata;
  return emitYaml(root, { dialect: 'v2' });
}

/** `namespace/release` that an object's marks name; empty when it has none. */
export function ownerOf(object: JsonObject): string {
  const namespace = at(object, 'metadata', 'annotations', 'meta.helm.sh/release-namespace');
  const name = at(object, 'metadata', 'annotations', 'meta.helm.sh/release-name');
  return `${typeof namespace === 'string' ? `${namespace}/` : ''}${typeof name === 'string' ? name : ''}`;
}

function withoutKeys(value: unknown, keys: readonly string[]): Dict {
  const result = new Dict();
  if (!(value instanceof Dict)) return result;
  for (const key of Object.keys(value)) if (!keys.includes(key)) result[key] = value[key];
  return result;
}
