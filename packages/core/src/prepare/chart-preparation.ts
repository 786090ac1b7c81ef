import { type Diagnostic, DiagnosticsError, errorDiagnostic } from '@flotilla/diagnostics';
import { baseNameOf, joinPath } from '@flotilla/gocompat';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { isRemoteReference } from '../environment/remote-reference.ts';
import type { ChartRequest, PreparedChart, Repository } from '../ports/executor.ts';
import { FetchError } from '../ports/fetcher.ts';
import type { Files } from '../ports/files.ts';
import { type ChartReference, classifyChart, localChart } from './chart-reference.ts';
import { type DownloadPlace, downloadPath } from './download-path.ts';
import { downloadOptions } from './helm-options.ts';
import { applyMirrors } from './mirrors.ts';
import { once } from './once.ts';
import { registryChart } from './registry-chart.ts';
import { type ReleaseScope, skipsDependencies, skipsRefresh, versionOf } from './release-scope.ts';
import { callContext, log, type Session } from './session.ts';

/**
 * The chart of one release on its way to helm (helmfile-cli.md §8). In: a release with its scope. Out: a chart helm can work with
 * and whether its dependencies have to be built. Rejects with ExecutorError; what Flotilla cannot do yet is a diagnostic.
 * Not its business: the order of releases, building dependencies, hooks.
 */

type LocalReference = Extract<ChartReference, { readonly kind: 'local' }>;

export interface ChartPreparation {
  readonly chart: PreparedChart;
  readonly buildsDependencies: boolean;
  readonly skipsRefresh: boolean;
}

export type ChartResult =
  | { readonly kind: 'ready'; readonly preparation: ChartPreparation }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

export interface ChartPreparationOptions {
  readonly repositories: readonly Repository[];
  /** Charts of repositories are downloaded here instead of being left to helm. */
  readonly download?: DownloadPlace;
}

/** Finds, pulls or downloads the chart of a release. */
export async function prepareChart(
  session: Session,
  scope: ReleaseScope,
  options: ChartPreparationOptions,
): Promise<ChartResult> {
  try {
    return await findChart(session, scope, options);
  } catch (error) {
    const diagnostic = error instanceof DiagnosticsError ? error.diagnostics[0] : undefined;
    if (diagnostic === undefined) throw error;
    return { kind: 'refused', diagnostic };
  }
}

async function findChart(
  session: Session,
  scope: ReleaseScope,
  options: ChartPreparationOptions,
): Promise<ChartResult> {
  const { release, file } = scope;
  const refusal = chartifyRefusal(release);
  if (refusal !== undefined) return { kind: 'refused', diagnostic: refusal };
  const declared = session.options.chart ?? release.spec.chart;
  if (isRemoteReference(declared)) return await fromRemote(session, scope, declared);
  const reference = classifyChart(
    declared,
    { file, version: release.spec.version ?? '' },
    options.repositories,
  );
  switch (reference.kind) {
    case 'local':
      return fromDirectory(session, scope, keptCopy(session, scope, { reference, options }));
    case 'oci':
      return ready(
        await registryChart(session, scope, { reference, declared, ...placeOf(session, scope, options) }),
        false,
      );
    case 'helm':
      return await fromRepository(session, scope, { reference, options });
  }
}

function ready(chart: PreparedChart, buildsDependencies: boolean, skipsRefresh = true): ChartResult {
  return { kind: 'ready', preparation: { chart, buildsDependencies, skipsRefresh } };
}

const chartifyFields = [
  'dependencies',
  'jsonPatches',
  'strategicMergePatches',
  'transformers',
  'forceNamespace',
] as const;

/** Features Helmfile hands to chartify. */
function chartifyRefusal(release: DesiredRelease): Diagnostic | undefined {
  const field = chartifyFields.find((each) => {
    const value = release.spec[each];
    return value !== undefined && value.length > 0;
  });
  if (field === undefined) return undefined;
  return errorDiagnostic(
    'feature/chartify',
    `"${field}" of release "${release.key.name}" is not supported yet`,
    {
      span: release.spanOf(field) ?? release.spanOf(),
      hint: 'put the change into the chart or its values',
    },
  );
}

function fromDirectory(session: Session, scope: ReleaseScope, reference: LocalReference): ChartResult {
  const { release, file } = scope;
  const { files } = session.ports;
  const kind = files.stat(reference.absolute)?.kind;
  const isDirectory = kind === 'directory';
  // helm takes a path that starts with a dot for one even when nothing is there.
  const isAsWritten = kind === undefined && file.printedBaseDirectory === '.';
  if (isDirectory && files.stat(joinPath(reference.absolute, 'Chart.yaml')) === undefined) {
    const text = `"${release.spec.chart}" of release "${release.key.name}" has no Chart.yaml; plain manifests and kustomizations are not supported yet`;
    const span = release.spanOf('chart') ?? release.spanOf();
    return { kind: 'refused', diagnostic: errorDiagnostic('feature/chartify', text, { span }) };
  }
  const chart: PreparedChart = {
    reference: isAsWritten ? release.spec.chart : reference.printed,
    isLocal: true,
    path: reference.absolute,
    declared: release.spec.chart,
    ...versionOf(release),
  };
  return ready(chart, isDirectory && !skipsDependencies(scope), skipsRefresh(scope));
}

async function fromRemote(session: Session, scope: ReleaseScope, declared: string): Promise<ChartResult> {
  const { release, file } = scope;
  const consumer = [release.key.namespace, release.key.kubeContext, release.key.name]
    .filter((each) => each !== '')
    .join('/');
  try {
    const url = applyMirrors(declared, session.mirrors);
    const [path = ''] = await session.ports.fetcher.fetch({ url, consumer }, session.signal);
    return fromDirectory(session, scope, localChart(path, file));
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const text = `release "${release.key.name}": fetching "${declared}": ${error.message}`;
    const span = release.spanOf('chart') ?? release.spanOf();
    return {
      kind: 'refused',
      diagnostic: errorDiagnostic('source/remote-failed', text, { span, referenceText: text }),
    };
  }
}

interface RepositoryChart {
  readonly reference: Extract<ChartReference, { readonly kind: 'helm' }>;
  readonly options: ChartPreparationOptions;
}

async function fromRepository(
  session: Session,
  scope: ReleaseScope,
  { reference, options }: RepositoryChart,
): Promise<ChartResult> {
  const { release, file } = scope;
  const place = localChart(release.spec.chart, file);
  // Helmfile looks for a directory of that name where it works, whatever the name looks like.
  const isHere = session.ports.files.stat(joinPath(place.absolute, 'Chart.yaml')) !== undefined;
  if (isHere && file.printedBaseDirectory === '.') return fromDirectory(session, scope, place);
  if (options.download !== undefined) {
    return ready(await download(session, scope, options.download), false);
  }
  const chart = { reference: reference.reference, isLocal: false, declared: release.spec.chart };
  return ready({ ...chart, ...versionOf(release) }, false);
}

async function download(session: Session, scope: ReleaseScope, place: DownloadPlace): Promise<PreparedChart> {
  const { release, file } = scope;
  const { spec } = release;
  const version = spec.version ?? '';
  const destination = downloadPath(session, scope, { place, chartName: spec.chart }).absolute;
  const chart = await once(session.memo.charts, `${spec.chart} ${version} ${place.directory}`, async () => {
    log(session, 'info', `Fetching ${spec.chart}`);
    session.emit({ type: 'chart.fetching', release: release.id, chart: spec.chart, version });
    const request: ChartRequest = {
      reference: spec.chart,
      destination,
      ...downloadOptions(scope),
      ...(version === '' ? {} : { version }),
    };
    const fetched = await session.executorFor(file).fetch(request, callContext(session, file, release));
    session.emit({ type: 'chart.fetched', release: release.id, path: fetched.reference });
    return fetched;
  });
  return { ...chart, declared: spec.chart, ...versionOf(release) };
}

function placeOf(
  session: Session,
  scope: ReleaseScope,
  { download }: ChartPreparationOptions,
): { readonly destination?: string } {
  if (download?.takesAll !== true) return {};
  const chartName = baseNameOf(scope.release.spec.chart);
  return { destination: downloadPath(session, scope, { place: download, chartName }).absolute };
}

/** `fetch` copies local charts to where it downloads the others. */
function keptCopy(
  session: Session,
  scope: ReleaseScope,
  { reference, options }: { readonly reference: LocalReference; readonly options: ChartPreparationOptions },
): LocalReference {
  const { files } = session.ports;
  if (options.download?.takesAll !== true || files.stat(reference.absolute)?.kind !== 'directory')
    return reference;
  const chartName = baseNameOf(reference.absolute);
  const copy = downloadPath(session, scope, { place: options.download, chartName });
  copyDirectory(files, reference.absolute, copy.absolute);
  return { kind: 'local', ...copy };
}

function copyDirectory(files: Files, from: string, to: string): void {
  files.makeDirectory(to);
  for (const { name, kind } of files.list(from)) {
    if (kind === 'directory') copyDirectory(files, joinPath(from, name), joinPath(to, name));
    else if (kind === 'file') files.write(joinPath(to, name), files.read(joinPath(from, name)));
  }
}
