/** `helm dependency list`: what a chart declares, and what of it is in `charts/`. */
import { join } from 'node:path';
import {
  extensionOf,
  GoError,
  matchPath,
  orUndefined,
  parseConstraint,
  parseStrictVersion,
  satisfiesConstraint,
} from '@flotilla/gocompat';
import type { Chart, ChartDependency } from '../chart/chart.ts';
import { type ChartSource, loadChart } from '../chart/load-chart.ts';
import { formatTable } from '../format-table.ts';
import { versionOf } from '../registry/chart-index.ts';
import { isDirectory } from '../registry/host-files.ts';
import type { RegistryHost } from '../registry/registry-host.ts';

const maximumColumnWidth = 80;

/** The text Helm 4.3.1 prints for the chart at `path`. Throws GoError when it is no chart. */
export function listDependencies(path: string, host: RegistryHost, columnWidth = maximumColumnWidth): string {
  const chart = loadChart(sourceAt(path, host), { log: host.log });
  const { dependencies } = chart.metadata;
  if (dependencies === undefined) return `WARNING: no dependencies at ${join(path, 'charts')}\n`;
  const rows = dependencies.map((each) => [
    each.name,
    each.version,
    each.repository,
    dependencyStatus(each, chart, { path, host }),
  ]);
  const table = formatTable([['NAME', 'VERSION', 'REPOSITORY', 'STATUS'], ...rows], columnWidth);
  return `${table}\n${undeclaredCharts(path, dependencies, host)}`;
}

function sourceAt(path: string, { files }: RegistryHost): ChartSource {
  const entry = files.stat(path);
  if (entry?.kind === 'directory') return { kind: 'directory', files: files.chartFiles(path) };
  if (entry === undefined) throw new GoError(`stat ${path}: no such file or directory`);
  return { kind: 'archive', name: path, bytes: files.read(path) };
}

interface Place {
  readonly path: string;
  readonly host: RegistryHost;
}

function dependencyStatus(dependency: ChartDependency, parent: Chart, place: Place): string {
  let archives: readonly string[];
  try {
    archives = archivesOf(dependency, place);
  } catch (error) {
    if (error instanceof GoError) return 'bad pattern';
    throw error;
  }
  const versioned = archives.length > 1 ? archives.filter((name) => isVersioned(name, dependency)) : archives;
  if (versioned.length > 1) return 'too many matches';
  const [archive] = versioned;
  if (archive !== undefined) return archiveStatus(archive, dependency, place);
  const loaded = parent.dependencies.findLast(({ metadata }) => metadata.name === dependency.name);
  if (loaded === undefined) return 'missing';
  return versionStatus(loaded.metadata.version, dependency) ?? 'unpacked';
}

function archivesOf({ name }: ChartDependency, { path, host }: Place): readonly string[] {
  const folder = join(path, 'charts');
  matchPath(`${name}-*.tgz`, '');
  if (!isDirectory(host.files, folder)) return [];
  return host.files.list(folder).filter((file) => matchPath(`${name}-*.tgz`, file));
}

function isVersioned(archive: string, { name }: ChartDependency): boolean {
  try {
    parseStrictVersion(archive.slice(name.length + 1, -'.tgz'.length));
    return true;
  } catch (error) {
    if (error instanceof GoError) return false;
    throw error;
  }
}

function archiveStatus(archive: string, dependency: ChartDependency, { path, host }: Place): string {
  const chart = loadOrNothing(join(path, 'charts', archive), host);
  if (chart === undefined) return 'corrupt';
  if (chart.metadata.name !== dependency.name) return 'misnamed';
  return versionStatus(chart.metadata.version, dependency) ?? 'ok';
}

/** What is wrong with a version; undefined when nothing is. */
function versionStatus(actual: string, { version }: ChartDependency): string | undefined {
  if (actual === version) return undefined;
  const parsed = versionOf(actual);
  try {
    const constraint = parseConstraint(version);
    if (parsed === undefined) return 'invalid version';
    return satisfiesConstraint(constraint, parsed) ? undefined : 'wrong version';
  } catch (error) {
    if (error instanceof GoError) return 'invalid version';
    throw error;
  }
}

function loadOrNothing(path: string, host: RegistryHost): Chart | undefined {
  return orUndefined(() => loadChart(sourceAt(path, host)));
}

function undeclaredCharts(path: string, declared: readonly ChartDependency[], host: RegistryHost): string {
  const folder = join(path, 'charts');
  if (!isDirectory(host.files, folder)) return '';
  return host.files
    .list(folder)
    .map((name) => join(folder, name))
    .filter((file) => isDirectory(host.files, file) || extensionOf(file) === '.tgz')
    .map((file) => {
      const chart = loadOrNothing(file, host);
      if (chart === undefined) return `WARNING: "${file}" is not a chart.\n`;
      const isDeclared = declared.some(({ name }) => name === chart.metadata.name);
      return isDeclared ? '' : `WARNING: "${file}" is not in Chart.yaml.\n`;
    })
    .join('');
}
