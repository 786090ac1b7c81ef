import type { Diagnostic, Span } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredStateFile, ReleaseId } from '../desired/desired-state.ts';
import {
  type ExecutorCapabilities,
  ExecutorError,
  type PreparedChart,
  type Repository,
} from '../ports/executor.ts';
import { spanOf } from '../yaml/provenance.ts';
import { type ChartPreparation, prepareChart } from './chart-preparation.ts';
import type { DownloadPlace } from './download-path.ts';
import { extraArgs } from './extra-args.ts';
import { downloadOptions } from './helm-options.ts';
import { type HookFailure, runHooks } from './hooks.ts';
import { mapLimited, readLimit } from './map-limited.ts';
import { defaultsOf, type ReleaseScope } from './release-scope.ts';
import { repositoryOf, resolveRepository } from './repositories.ts';
import { callContext, log, type Session } from './session.ts';

/**
 * Everything a state file needs before its releases are touched: repositories, the global and release `prepare` hooks, charts,
 * dependency builds (helmfile-cli.md §5.1, §8). In: a file and the releases chosen from it. Out: prepared charts, or what went
 * wrong, all of it. Not its business: values, the cluster.
 */

export interface PreparedFile {
  readonly file: DesiredStateFile;
  readonly repositories: readonly Repository[];
  readonly capabilities: ExecutorCapabilities;
  readonly charts: ReadonlyMap<DesiredRelease, PreparedChart>;
}

interface ExecutorFailure {
  readonly kind: 'executor';
  readonly error: ExecutorError;
  readonly release?: ReleaseId;
  readonly prefix: string;
  /** Of what is of no release. */
  readonly span?: Span | undefined;
}

export type PreparationFailure =
  | ExecutorFailure
  | { readonly kind: 'hook'; readonly failure: HookFailure; readonly release?: ReleaseId }
  | {
      readonly kind: 'diagnostics';
      readonly diagnostics: readonly Diagnostic[];
      readonly release?: ReleaseId;
    };

export type FilePreparation =
  | {
      readonly kind: 'ready';
      readonly prepared: PreparedFile;
      /** Of releases that are left out (`--allow-failed-releases`). */
      readonly failures: readonly PreparationFailure[];
    }
  | { readonly kind: 'failed'; readonly failures: readonly PreparationFailure[] };

export type Downloads =
  /** To a directory that is gone when the file is done. */
  | { readonly kind: 'temporary' }
  /** The same, but only charts that several releases use in the same way. */
  | { readonly kind: 'shared' }
  /** To a directory the user keeps; local and registry charts go there, too. */
  | { readonly kind: 'kept'; readonly directory: string };

export interface PreparationInput {
  readonly file: DesiredStateFile;
  /** Chosen releases in the order of the file. */
  readonly releases: readonly DesiredRelease[];
  /** Where downloads go, when `downloads` asks for them. */
  readonly download?: DownloadPlace;
}

export interface FilePreparationOptions {
  /** Repositories are neither added nor updated; registries are still logged in to. */
  readonly skipsRepositories: boolean;
  /** `helmDefaults.skipDeps` and `skipRefresh` do not count (`repos`). */
  readonly takesAllRepositories?: boolean;
  /** Not even that. */
  readonly skipsRegistries?: boolean;
  readonly skipsCharts?: boolean;
  /** Dependencies of local charts are left as they are (`status`). */
  readonly skipsDependencies?: boolean;
  readonly skipsHooks?: boolean;
  /** Charts of repositories are downloaded instead of being left to helm (`lint`, `fetch`). */
  readonly downloads?: Downloads;
}

/** Prepares a file; stops before the charts when a repository or the global hook fails. */
export async function prepareFile(
  session: Session,
  input: PreparationInput,
  options: FilePreparationOptions,
): Promise<FilePreparation> {
  const { file } = input;
  const repositories = (file.spec.repositories ?? []).map((spec) =>
    resolveRepository(spec, { environment: session.ports.environment, mirrors: session.mirrors }),
  );
  try {
    const executor = session.executorFor(file);
    const { capabilities } = await executor.probe(callContext(session, file));
    const unconnected = await connectRepositories(session, { file, repositories }, options);
    if (unconnected !== undefined) return { kind: 'failed', failures: [unconnected] };
    if (options.skipsHooks !== true) {
      const failure = await runHooks(session, { event: 'prepare', file, command: session.command });
      if (failure !== undefined) return { kind: 'failed', failures: [{ kind: 'hook', failure }] };
    }
    const base = { file, repositories, capabilities };
    if (options.skipsCharts === true) {
      return { kind: 'ready', prepared: { ...base, charts: new Map() }, failures: [] };
    }
    return await prepareCharts(session, { ...input, ...base }, options);
  } catch (error) {
    if (!(error instanceof ExecutorError)) throw error;
    return { kind: 'failed', failures: [{ kind: 'executor', error, prefix: '' }] };
  }
}

/** What has a say for one release of a prepared file. */
export function releaseScope(
  session: Session,
  prepared: Pick<PreparedFile, 'file' | 'repositories' | 'capabilities'>,
  release: DesiredRelease,
): ReleaseScope {
  return {
    release,
    file: prepared.file,
    repository: repositoryOf(release.spec.chart, prepared.repositories),
    options: session.options,
    capabilities: prepared.capabilities,
  };
}

/** Adds and logs in to what this run has not met yet; Helmfile goes by the name alone, over all files. Ends with the first that fails. */
async function connectRepositories(
  session: Session,
  { file, repositories }: { readonly file: DesiredStateFile; readonly repositories: readonly Repository[] },
  options: FilePreparationOptions,
): Promise<PreparationFailure | undefined> {
  for (const repository of repositories) rememberPasswords(session, repository);
  if (options.skipsRegistries === true) return undefined;
  const defaults = defaultsOf({ file });
  const areSkippedByFile = defaults.skipDeps === true || defaults.skipRefresh === true;
  const onlyRegistries =
    options.takesAllRepositories !== true && (options.skipsRepositories || areSkippedByFile);
  for (const [index, repository] of repositories.entries()) {
    if (session.memo.connected.has(repository.name) || (onlyRegistries && !repository.isOci)) continue;
    logConnection(session, repository);
    // Only `deps` and `repos` have set the extra arguments by now.
    const extra = options.skipsHooks === true ? extraArgs(session.options.args, defaults.args) : [];
    const failure = await caughtFailure('', () =>
      session.executorFor(file).connect([repository], callContext(session, file), extra),
    );
    if (failure !== undefined) return { ...failure, span: repositorySpan(file, index) };
    session.memo.connected.add(repository.name);
  }
  return undefined;
}

function repositorySpan({ spec }: DesiredStateFile, index: number): Span | undefined {
  return spanOf(spec, 'repositories', index, 'url') ?? spanOf(spec, 'repositories', index);
}

/** What is told from now on has them masked. */
function rememberPasswords({ redactor }: Session, { url, password = '' }: Repository): void {
  const inAddress = /^[\w+]+:\/\/[^/@]*?:([^/@]*)@/.exec(url)?.[1] ?? '';
  for (const text of [password, inAddress]) if (text !== '') redactor.add(text);
}

function logConnection(session: Session, repository: Repository): void {
  const { name, url, managed, isOci, username = '', password = '' } = repository;
  if (managed === 'acr') log(session, 'info', `Adding repo ${name} (acr)`);
  else if (!isOci) log(session, 'info', `Adding repo ${name} ${url}`);
  else if (username !== '' && password !== '') log(session, 'info', 'Logging in to registry');
}

interface ChartsInput extends PreparationInput {
  readonly repositories: readonly Repository[];
  readonly capabilities: ExecutorCapabilities;
}

async function prepareCharts(
  session: Session,
  input: ChartsInput,
  options: FilePreparationOptions,
): Promise<FilePreparation> {
  const { file, repositories, capabilities } = input;
  const wanted = input.releases.filter((release) => release.isInstalled);
  const shared = sharedCharts(session, input, wanted);
  const results = await mapLimited(wanted, readLimit(session.options), async (release) => {
    const takesPlace = options.downloads?.kind !== 'shared' || shared.has(release);
    const { download, ...rest } = input;
    const place = takesPlace && download !== undefined ? { download } : {};
    return { release, result: await prepareOne(session, { ...rest, ...place, release }, options) };
  });
  const found = results.flatMap(({ result }) => ('kind' in result ? [result] : []));
  if (found.length > 0 && !isPatient(session)) return { kind: 'failed', failures: found };
  const preparations = results.flatMap(({ release, result }) =>
    'kind' in result ? [] : [{ release, preparation: result }],
  );
  const builds =
    options.skipsDependencies === true ? [] : await buildDependencies(session, input, preparations);
  if (builds.length > 0 && !isPatient(session)) return { kind: 'failed', failures: builds };
  const charts = new Map(preparations.map(({ release, preparation }) => [release, preparation.chart]));
  const prepared = { file, repositories, capabilities, charts };
  return { kind: 'ready', prepared, failures: [...found, ...builds] };
}

function isPatient({ options }: Session): boolean {
  return options.allowFailedReleases === true;
}

/** Releases whose repository chart and version others use, too, with the same flags: one download serves them all. */
function sharedCharts(
  session: Session,
  input: ChartsInput,
  releases: readonly DesiredRelease[],
): ReadonlySet<DesiredRelease> {
  const groups = new Map<string, { readonly release: DesiredRelease; readonly flags: string }[]>();
  for (const release of releases) {
    const scope = releaseScope(session, input, release);
    if (scope.repository === undefined || scope.repository.isOci) continue;
    const key = `${release.spec.chart} ${release.spec.version ?? ''}`;
    const flags = JSON.stringify(downloadOptions(scope));
    groups.set(key, [...(groups.get(key) ?? []), { release, flags }]);
  }
  const shared = [...groups.values()].filter(
    (users) =>
      users.length > 1 &&
      users.every(({ flags }) => flags === users[0]?.flags && !flags.includes('"verify":true')),
  );
  return new Set(shared.flat().map(({ release }) => release));
}

interface OneRelease extends ChartsInput {
  readonly release: DesiredRelease;
}

async function prepareOne(
  session: Session,
  input: OneRelease,
  options: FilePreparationOptions,
): Promise<ChartPreparation | PreparationFailure> {
  const { file, release, repositories } = input;
  const failure =
    options.skipsHooks === true
      ? undefined
      : await runHooks(session, { event: 'prepare', file, release, command: session.command });
  if (failure !== undefined) return { kind: 'hook', failure, release: release.id };
  const scope = releaseScope(session, input, release);
  try {
    const { download } = input;
    const result = await prepareChart(session, scope, {
      repositories,
      ...(download === undefined ? {} : { download }),
    });
    if (result.kind === 'ready') return result.preparation;
    return { kind: 'diagnostics', diagnostics: [result.diagnostic], release: release.id };
  } catch (error) {
    if (!(error instanceof ExecutorError)) throw error;
    return { kind: 'executor', error, release: release.id, prefix: `release "${release.key.name}": ` };
  }
}

interface PreparedRelease {
  readonly release: DesiredRelease;
  readonly preparation: ChartPreparation;
}

/** One after the other, for every release that asks, as Helmfile does; equal charts are built once. Ends with the first failure, or goes on. */
async function buildDependencies(
  session: Session,
  input: ChartsInput,
  preparations: readonly PreparedRelease[],
): Promise<readonly PreparationFailure[]> {
  const builds = preparations.filter(({ preparation }) => preparation.buildsDependencies);
  const refreshed = await caughtFailure('updating repo: ', () => refreshIndexes(session, input, builds));
  if (refreshed !== undefined) return [refreshed];
  const built = new Map<string, PreparationFailure | undefined>();
  for (const prepared of builds) {
    const { release, preparation } = prepared;
    const { reference } = preparation.chart;
    log(session, 'info', `Building dependency release=${release.key.name}, chart=${reference}`);
    if (!built.has(reference)) built.set(reference, await buildOne(session, input.file, prepared));
    if (built.get(reference) !== undefined && !isPatient(session)) break;
  }
  const failures = builds.flatMap(({ release, preparation }) => {
    const failure = built.get(preparation.chart.reference);
    return failure === undefined ? [] : [{ ...failure, release: release.id }];
  });
  return isPatient(session) ? failures : failures.slice(0, 1);
}

async function buildOne(
  session: Session,
  file: DesiredStateFile,
  { release, preparation }: PreparedRelease,
): Promise<PreparationFailure | undefined> {
  const request = {
    chartPath: preparation.chart.reference,
    mode: 'build',
    skipRefresh: preparation.skipsRefresh,
    ...(session.options.ociPlainHttp === true ? { plainHttp: true } : {}),
    extraArgs: [],
  } as const;
  const prefix = `building dependencies of local chart "${release.spec.chart}" for release "${release.key.name}": `;
  return await caughtFailure(prefix, () =>
    session.executorFor(file).buildDependencies(request, callContext(session, file, release)),
  );
}

async function caughtFailure(prefix: string, run: () => Promise<void>): Promise<ExecutorFailure | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (!(error instanceof ExecutorError)) throw error;
    return { kind: 'executor', error, prefix };
  }
}

/** Charts that must not refresh by themselves need indexes that are fresh already. */
async function refreshIndexes(
  session: Session,
  { file, repositories }: ChartsInput,
  builds: readonly { readonly preparation: ChartPreparation }[],
): Promise<void> {
  const isNeeded = builds.some(({ preparation }) => preparation.skipsRefresh);
  const isForbidden = session.options.skipRefresh === true || defaultsOf({ file }).skipRefresh === true;
  if (!isNeeded || isForbidden || repositories.every((repository) => repository.isOci)) return;
  log(session, 'info', 'Updating repo');
  await session.executorFor(file).refresh(callContext(session, file));
}
