import type { HelmCompat } from '../chart/helm-compat.ts';
import {
  type DecodedStruct,
  decodeYamlStruct,
  type GoStructTarget,
  type GoTarget,
} from '../chart/struct-decoder.ts';
import type { ManifestHead } from './manifest.ts';

const text: GoTarget = { kind: 'string' };

const metadata: GoStructTarget = {
  kind: 'struct',
  name: '',
  goType: 'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }',
  fields: new Map<string, GoTarget>([
    ['name', text],
    ['annotations', { kind: 'stringMap' }],
  ]),
};

function headTarget(packageName: string): GoStructTarget {
  return {
    kind: 'struct',
    name: 'SimpleHead',
    goType: `${packageName}.SimpleHead`,
    fields: new Map<string, GoTarget>([
      ['apiVersion', text],
      ['kind', text],
      ['metadata', metadata],
    ]),
  };
}

const heads: Readonly<Record<HelmCompat, GoStructTarget>> = {
  v4: headTarget('util'),
  v3: headTarget('releaseutil'),
};

const noAnnotations: ReadonlyMap<string, string> = new Map();

/** Reads the head of a document; comments alone give an empty one. Throws GoError or YamlError when it is no object. */
export function parseManifestHead(document: string, compat: HelmCompat = 'v4'): ManifestHead {
  const fields = decodeYamlStruct(document, heads[compat]) ?? {};
  const inner = (fields['metadata'] ?? {}) as DecodedStruct;
  return {
    apiVersion: stringOf(fields['apiVersion']),
    kind: stringOf(fields['kind']),
    name: stringOf(inner['name']),
    annotations: inner['annotations'] instanceof Map ? inner['annotations'] : noAnnotations,
  };
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
