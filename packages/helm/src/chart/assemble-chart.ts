/**
 * From a flat list of files to a chart: metadata, values, templates, everything else, and sub-charts at any depth.
 * Comes in: files by slash path. Goes out: a Chart, or a GoError with Helm's text.
 */
import { Dict, decodeBytes, extensionOf, GoError, sortStrings, wrapping } from '@flotilla/gocompat';
import { parseValues } from '../values/yaml-documents.ts';
import type { Chart, ChartFile, ChartLock } from './chart.ts';
import type { HelmCompat } from './helm-compat.ts';
import { type LogSink, logRecord } from './log-record.ts';
import { checkMetadata, parseLock, parseMetadata, type UncheckedMetadata } from './metadata.ts';
import { readChartArchive } from './read-archive.ts';

/** Archives inside archives inside archives … end here. */
const maximumNesting = 64;

export interface AssembleOptions {
  readonly compat: HelmCompat;
  readonly log: LogSink;
}

/** Builds the chart from its files (Helm 4.3.1 `LoadFiles`). Undeclared sub-charts come in the order of their names. */
export function assembleChart(files: readonly ChartFile[], options: AssembleOptions, nesting = 0): Chart {
  if (nesting > maximumNesting) throw new GoError('charts are nested too deeply');
  const parts = new ChartParts(options);
  for (const file of files) if (file.name === 'Chart.yaml') parts.addMetadata(file);
  for (const file of files) parts.add(file);
  const metadata = parts.checkedMetadata();
  return {
    metadata,
    lock: parts.lock,
    templates: parts.templates,
    values: parts.values,
    schema: parts.schema,
    files: parts.others,
    raw: files,
    modTime: parts.modTime,
    dependencies: subchartsOf(parts.subcharts, metadata.name, options, nesting),
  };
}

class ChartParts {
  readonly #options: AssembleOptions;
  #metadata: UncheckedMetadata | undefined;
  lock: ChartLock | undefined;
  schema: ChartFile | undefined;
  values = new Dict();
  modTime: ChartFile['modTime'];
  readonly templates: ChartFile[] = [];
  readonly others: ChartFile[] = [];
  readonly subcharts = new Map<string, ChartFile[]>();

  constructor(options: AssembleOptions) {
    this.#options = options;
  }

  addMetadata(file: ChartFile): void {
    const metadata = wrapping('cannot load Chart.yaml: ', () =>
      parseMetadata(decodeBytes(file.data), { base: this.#metadata, compat: this.#options.compat }),
    );
    this.#metadata = metadata.apiVersion === '' ? { ...metadata, apiVersion: 'v1' } : metadata;
    this.modTime = file.modTime;
  }

  add(file: ChartFile): void {
    switch (file.name) {
      case 'Chart.yaml':
        break;
      case 'Chart.lock':
        this.lock = this.#parseLock(file);
        break;
      case 'values.yaml':
        this.values = wrapping('cannot load values.yaml: ', () =>
          parseValues(decodeBytes(file.data), this.#options.compat),
        );
        break;
      case 'values.schema.json':
        this.schema = file;
        break;
      case 'requirements.yaml':
        this.#addRequirements(file);
        break;
      case 'requirements.lock':
        this.lock = this.#parseLock(file);
        this.#keepLegacyFile(file, 'Dependency locking is handled in Chart.lock', 'Chart.lock');
        break;
      default:
        this.#addOther(file);
    }
  }

  checkedMetadata(): Chart['metadata'] {
    if (this.#metadata === undefined) throw new GoError('Chart.yaml file is missing');
    return checkMetadata(this.#metadata);
  }

  #parseLock(file: ChartFile): ChartLock {
    return wrapping(`cannot load ${file.name}: `, () =>
      parseLock(decodeBytes(file.data), this.#options.compat),
    );
  }

  #addRequirements(file: ChartFile): void {
    this.#keepLegacyFile(file, 'Dependencies are handled in Chart.yaml', 'dependencies to Chart.yaml');
    this.#metadata = wrapping('cannot load requirements.yaml: ', () =>
      parseMetadata(decodeBytes(file.data), { base: this.#metadata, compat: this.#options.compat }),
    );
  }

  /** requirements.yaml and .lock belong to v1 charts; elsewhere they work, with a warning, and are hidden from `.Files`. */
  #keepLegacyFile(file: ChartFile, rule: string, target: string): void {
    if (this.#metadata?.apiVersion === 'v1') this.others.push(file);
    else {
      const advice = `We recommend migrating ${target === 'Chart.lock' ? 'to ' : ''}${target}.`;
      this.#options.log(logRecord(`Warning: ${rule} since apiVersion "v2". ${advice}`));
    }
  }

  #addOther(file: ChartFile): void {
    if (file.name.startsWith('templates/')) this.templates.push(file);
    else if (file.name.startsWith('charts/') && extensionOf(file.name) !== '.prov') {
      const name = file.name.slice('charts/'.length);
      const group = name.split('/', 1)[0] ?? name;
      const members = this.subcharts.get(group);
      if (members === undefined) this.subcharts.set(group, [{ ...file, name }]);
      else members.push({ ...file, name });
    } else this.others.push(file);
  }
}

function subchartsOf(
  groups: ReadonlyMap<string, readonly ChartFile[]>,
  parent: string,
  options: AssembleOptions,
  nesting: number,
): Chart[] {
  const charts: Chart[] = [];
  for (const group of sortStrings([...groups.keys()])) {
    if (group.startsWith('_') || group.startsWith('.')) continue;
    const files = groups.get(group) ?? [];
    const [first] = files;
    if (extensionOf(group) === '.tgz' && first !== undefined && first.name !== group) {
      throw new GoError(`error unpacking subchart tar in ${parent}: expected ${group}, got ${first.name}`);
    }
    charts.push(
      wrapping(`error unpacking subchart ${group} in ${parent}: `, () =>
        assembleChart(filesOfGroup(group, files, options), options, nesting + 1),
      ),
    );
  }
  return charts;
}

/** An archive's files, or those of a directory; a plain file in charts/ is neither and leaves a chart without Chart.yaml. */
function filesOfGroup(
  group: string,
  files: readonly ChartFile[],
  options: AssembleOptions,
): readonly ChartFile[] {
  const [first] = files;
  if (extensionOf(group) === '.tgz' && first !== undefined)
    return readChartArchive(first.data, options.compat);
  return files
    .filter((file) => file.name.includes('/'))
    .map((file) => ({ ...file, name: file.name.slice(group.length + 1) }));
}
