import { baseNameOf, Dict, decodeBytes, emitYaml, joinPath, parseYaml } from '@flotilla/gocompat';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { extraArgs } from '../prepare/extra-args.ts';
import { type LockedChart, readLock, repositoryChart } from '../prepare/lock-file.ts';
import { lockPath } from '../prepare/lock-path.ts';
import { defaultsOf } from '../prepare/release-scope.ts';
import { callContext, log, type Session } from '../prepare/session.ts';
import { resolvePath } from '../source/paths.ts';
import { caughtFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';

/** The Helmfile whose lock files these are. */
const lockVersion = '1.8.0';

const nothingToLock = [
  'There are no repositories defined in your helmfile.yaml.\n',
  'This means helmfile cannot update your dependencies or create a lock file.\n',
  'See https://github.com/roboll/helmfile/issues/878 for more information.\n',
];

/** `deps` of one file (helmfile-cli.md §9.2): updates local charts, then writes the versions of all others to the lock. */
export async function depsFile(work: FileWork): Promise<void> {
  const { record } = work;
  const wanted = work.groups.flat().filter((release) => release.isInstalled);
  const steps = [
    { prefix: '', run: (): Promise<void> => updateLocalCharts(work, wanted) },
    { prefix: 'unable to update deps: ', run: (): Promise<void> => writeLock(work) },
  ];
  for (const { prefix, run } of steps) {
    try {
      await run();
    } catch (error) {
      const { failure, text } = caughtFailure(error);
      return record.fail({ failure, referenceText: prefix + text });
    }
  }
}

async function updateLocalCharts(work: FileWork, releases: readonly DesiredRelease[]): Promise<void> {
  for (const release of releases) await updateLocalChart(work, release);
}

async function updateLocalChart(work: FileWork, release: DesiredRelease): Promise<void> {
  const { session, file } = work;
  const directory = resolvePath(file.baseDirectory, release.spec.chart);
  if (session.ports.files.stat(joinPath(directory, 'Chart.yaml')) === undefined) return;
  await updateDependencies(work, release.spec.chart);
}

async function updateDependencies({ session, file }: FileWork, chartPath: string): Promise<void> {
  log(session, 'info', `Updating dependency ${chartPath}`);
  await session.executorFor(file).buildDependencies(
    {
      chartPath,
      mode: 'update',
      skipRefresh: false,
      extraArgs: extraArgs(session.options.args, defaultsOf({ file }).args),
    },
    callContext(session, file),
  );
}

/** helm resolves all versions at once, as dependencies of a chart made for it. */
async function writeLock(work: FileWork): Promise<void> {
  const { session, file } = work;
  const { files } = session.ports;
  const dependencies = chartDependencies(work);
  if (dependencies.length === 0) {
    for (const line of nothingToLock) log(session, 'warn', line);
    return;
  }
  await using directory = files.makeTemporaryDirectory('flotilla-deps-');
  const path = lockPath(file);
  const chartLock = joinPath(directory.path, 'Chart.lock');
  files.write(joinPath(directory.path, 'Chart.yaml'), chartText(file.absolutePath, dependencies));
  if (files.stat(path) !== undefined) files.write(chartLock, files.read(path));
  await updateDependencies(work, directory.path);
  files.write(path, lockText(session, chartLock));
}

interface ChartDependency extends LockedChart {
  readonly alias: string;
}

/** Dependencies for each release with a configured repository, those of one chart together. */
function chartDependencies({ file, groups }: FileWork): readonly ChartDependency[] {
  const chosen = new Set(groups.flat());
  const byName = new Map<string, ChartDependency[]>();
  for (const release of file.releases.filter((each) => chosen.has(each) && each.isInstalled)) {
    const chart = repositoryChart(file.spec.repositories ?? [], release.spec.chart);
    if (chart === undefined) continue;
    const url = chart.repository.url ?? '';
    const folder = chart.rest.slice(0, -chart.name.length).replace(/\/$/, '');
    const registry = `oci://${[url, folder].filter((each) => each !== '').join('/')}`;
    const { version = '' } = release.spec;
    const known = byName.get(chart.name) ?? [];
    byName.set(chart.name, known);
    known.push({
      name: chart.name,
      repository: chart.repository.oci === true ? registry : url,
      version: version === '' ? '*' : version,
      alias: `${release.key.namespace}-${release.key.name}`,
    });
  }
  return [...byName.values()].flat();
}

function chartText(statePath: string, dependencies: readonly ChartDependency[]): string {
  const chart = new Dict();
  chart['name'] = baseNameOf(statePath)
    .replace(/\.gotmpl$/, '')
    .replace(/\.ya?ml$/, '');
  chart['version'] = '1.0.0';
  chart['apiVersion'] = 'v2';
  chart['dependencies'] = dependencies.map((each) => {
    const entry = new Dict();
    for (const key of ['name', 'repository', 'version', 'alias'] as const) entry[key] = each[key];
    return entry;
  });
  return emitYaml(chart, { dialect: 'v3' });
}

/** What helm resolved, sorted, each once, under the version of Helmfile. */
function lockText(session: Session, chartLock: string): string {
  const { files } = session.ports;
  const charts = readLock(files, chartLock);
  const unique = new Map(charts.map((each) => [`${each.name} ${each.repository} ${each.version}`, each]));
  const sorted = [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const given = parseYaml(decodeBytes(files.read(chartLock)), { dialect: 'v3' });
  const scalar = (key: string): string => {
    const value = given instanceof Dict ? given[key] : undefined;
    return typeof value === 'string' ? value : '';
  };
  const entries = sorted.flatMap(({ name, repository, version }) => [
    `  - name: ${plain(name)}`,
    `    repository: ${plain(repository)}`,
    `    version: ${plain(version)}`,
  ]);
  return [
    `version: ${lockVersion}`,
    'dependencies:',
    ...entries,
    `digest: ${plain(scalar('digest'))}`,
    `generated: ${plain(scalar('generated'))}`,
    '',
  ].join('\n');
}

/** A text as the YAML emitter writes it. */
function plain(text: string): string {
  return emitYaml(text, { dialect: 'v3' }).trimEnd();
}
