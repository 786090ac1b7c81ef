/**
 * Charts inside release records: metadata, templates, values and files of the chart itself; sub-charts are not kept.
 * Comes in: a rendered chart instance, or JSON. Goes out: a table in the record's shape, and its text in Go's key order.
 */
import { Buffer } from 'node:buffer';
import { Dict, formatTime, GoTime, type GoZone, rfc3339Nano, toGoJson } from '@flotilla/gocompat';
import type { Chart, ChartDependency, ChartFile, ChartMetadata, ModTime } from '../chart/chart.ts';
import type { ChartInstance } from '../chart/chart-instance.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { member, objectText } from './go-struct-json.ts';

const zeroTime = '0001-01-01T00:00:00Z';

export interface ChartRecordOptions {
  readonly compat: HelmCompat;
  /** Modification times are written in it. */
  readonly zone: GoZone;
}

/** What a record keeps of a chart (Helm 4.3.1; Helm 3 keeps no modification times). */
export function chartRecord(instance: ChartInstance, options: ChartRecordOptions): Dict {
  const { chart } = instance;
  const time = (modTime: ModTime | undefined): string =>
    modTime === undefined || options.compat === 'v3'
      ? ''
      : formatTime(new GoTime(modTime.seconds, modTime.nanoseconds, options.zone), rfc3339Nano);
  const file = ({ name, data, modTime }: ChartFile): Dict =>
    dictOf({ name, data: Buffer.from(data).toString('base64'), modtime: time(modTime) });
  const files = (list: readonly ChartFile[]): unknown => (list.length === 0 ? null : list.map(file));
  return dictOf({
    metadata: metadataRecord(chart.metadata, instance),
    lock: lockRecord(chart),
    templates: files(chart.templates),
    values: instance.values,
    schema: chart.schema === undefined ? null : Buffer.from(chart.schema.data).toString('base64'),
    schemamodtime: options.compat === 'v3' ? '' : time(chart.schema?.modTime) || zeroTime,
    files: files(chart.files),
    modtime: time(chart.modTime),
  });
}

function dictOf(members: Readonly<Record<string, unknown>>): Dict {
  const result = new Dict();
  for (const [key, value] of Object.entries(members)) result[key] = value;
  return result;
}

function metadataRecord(metadata: ChartMetadata, { state }: ChartInstance): Dict {
  const { annotations, maintainers } = metadata;
  return dictOf({
    ...metadata,
    name: state.name,
    maintainers: maintainers?.map((each) => dictOf({ ...each })),
    annotations: annotations === undefined ? undefined : dictOf(Object.fromEntries(annotations)),
    dependencies: state.dependencies?.map(dependencyRecord),
  });
}

function dependencyRecord(dependency: ChartDependency): Dict {
  const { importValues, ...rest } = dependency;
  return dictOf({ ...rest, 'import-values': importValues });
}

function lockRecord({ lock }: Chart): Dict | null {
  if (lock === undefined) return null;
  return dictOf({
    generated: lock.generated || zeroTime,
    digest: lock.digest,
    dependencies: lock.dependencies?.map(dependencyRecord) ?? null,
  });
}

const metadataKeys = [
  'name',
  'home',
  'sources',
  'version',
  'description',
  'keywords',
  'maintainers',
  'icon',
  'apiVersion',
  'condition',
  'tags',
  'appVersion',
  'deprecated',
  'annotations',
  'kubeVersion',
  'dependencies',
  'type',
] as const;

/** The record's text, keys in the order of Go's structs; only Helm 4 knows the time of a schema, and always writes one. */
export function chartText(chart: Dict, compat: HelmCompat): string {
  return objectText([
    member('metadata', structOr(chart['metadata'], metadataText)),
    member('lock', structOr(chart['lock'], lockText)),
    member('templates', listOr(chart['templates'], fileText)),
    member('values', toGoJson(chart['values'] ?? null)),
    member('schema', toGoJson(chart['schema'] ?? null)),
    compat === 'v3' ? '' : optionalText('schemamodtime', chart['schemamodtime'] || zeroTime),
    member('files', listOr(chart['files'], fileText)),
    optionalText('modtime', chart['modtime']),
  ]);
}

function optionalText(name: string, value: unknown): string {
  return typeof value === 'string' && value !== '' ? member(name, toGoJson(value)) : '';
}

function structOr(value: unknown, text: (value: Dict) => string): string {
  return value instanceof Dict ? text(value) : 'null';
}

function listOr(value: unknown, text: (value: Dict) => string): string {
  return Array.isArray(value) ? `[${value.map((item) => structOr(item, text)).join(',')}]` : 'null';
}

function metadataText(metadata: Dict): string {
  return objectText(
    metadataKeys.map((key) => {
      if (key === 'maintainers') return listMember(key, metadata[key], maintainerText);
      if (key === 'dependencies') return listMember(key, metadata[key], dependencyText);
      return filled(key, metadata[key]);
    }),
  );
}

function listMember(name: string, value: unknown, text: (value: Dict) => string): string {
  return Array.isArray(value) && value.length > 0 ? member(name, listOr(value, text)) : '';
}

/** Go's `omitempty`. */
function filled(name: string, value: unknown): string {
  if (value === undefined || value === null || value === '' || value === false) return '';
  if (Array.isArray(value) && value.length === 0) return '';
  if (value instanceof Dict && Object.keys(value).length === 0) return '';
  return member(name, toGoJson(value));
}

function maintainerText(maintainer: Dict): string {
  return objectText(['name', 'email', 'url'].map((key) => filled(key, maintainer[key])));
}

/** A declared dependency as JSON. */
export function dependencyText(dependency: Dict): string {
  return objectText([
    member('name', toGoJson(dependency['name'] ?? '')),
    filled('version', dependency['version']),
    member('repository', toGoJson(dependency['repository'] ?? '')),
    ...['condition', 'tags', 'enabled', 'import-values', 'alias'].map((key) => filled(key, dependency[key])),
  ]);
}

function lockText(lock: Dict): string {
  return objectText([
    member('generated', toGoJson(lock['generated'] ?? zeroTime)),
    member('digest', toGoJson(lock['digest'] ?? '')),
    member('dependencies', listOr(lock['dependencies'], dependencyText)),
  ]);
}

function fileText(file: Dict): string {
  return objectText([
    member('name', toGoJson(file['name'] ?? '')),
    member('data', toGoJson(file['data'] ?? null)),
    optionalText('modtime', file['modtime']),
  ]);
}

/** A text of the recorded chart's metadata, such as `name`; empty for damaged records. */
export function recordedText(chart: Dict | null, key: string): string {
  const metadata = chart?.['metadata'];
  const value = metadata instanceof Dict ? metadata[key] : undefined;
  return typeof value === 'string' ? value : '';
}

/** A table of texts of the recorded chart's metadata, such as `annotations`. */
export function recordedMap(chart: Dict | null, key: string): Readonly<Record<string, string>> {
  const metadata = chart?.['metadata'];
  const value = metadata instanceof Dict ? metadata[key] : undefined;
  if (!(value instanceof Dict)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}

/** The dependencies the recorded chart declares. */
export function recordedDependencies(chart: Dict | null): readonly Dict[] {
  const metadata = chart?.['metadata'];
  const value = metadata instanceof Dict ? metadata['dependencies'] : undefined;
  return Array.isArray(value) ? value.filter((each) => each instanceof Dict) : [];
}
