import { warningDiagnostic } from '@flotilla/diagnostics';
import { baseNameOf, decodeBytes } from '@flotilla/gocompat';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { type DiffSettings, diffSettings } from '../plan/diff-options.ts';
import {
  ExecutorError,
  type PreparedChart,
  type ReleaseRequest,
  type StoredManifest,
} from '../ports/executor.ts';
import { FileError } from '../ports/files.ts';
import type { ManifestDiffInput, ManifestDiffOptions, ManifestDiffResult } from '../ports/manifest-differ.ts';
import { releaseScope } from '../prepare/file-preparation.ts';
import type { ReleaseScope } from '../prepare/release-scope.ts';
import { callContext, kubeContextOf, type Session } from '../prepare/session.ts';
import { resolvePath } from '../source/paths.ts';
import { buildRequest } from './build-request.ts';
import { caughtFailure, type DescribedFailure, diagnosticsFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { lookUp } from './release-lookup.ts';

/**
 * What an upgrade of one release would change (DESIGN D14): the stored manifest against a render, as helm-diff makes them.
 * In: a prepared release. Out: the comparison, or why there is none. Needs read access only.
 */
export type Comparison = {
  readonly release: DesiredRelease;
  readonly chartReference: string;
} & (
  | {
      readonly kind: 'compared';
      readonly isInstalled: boolean;
      /** The last revision is not what the cluster is to come to, whatever its manifest says. */
      readonly isUnfinished: boolean;
      readonly result: ManifestDiffResult;
    }
  /** Not installed, and `--skip-diff-on-install` says that this is all there is to know. */
  | { readonly kind: 'new' }
  | { readonly kind: 'failed'; readonly described: DescribedFailure }
);

/** Compares one release. Rejects only for bugs. */
export async function compareRelease(work: FileWork, release: DesiredRelease): Promise<Comparison> {
  const { session, prepared } = work;
  const chart = prepared.charts.get(release);
  const base = { release, chartReference: chart?.reference ?? release.spec.chart };
  if (chart === undefined) return { ...base, kind: 'failed', described: diagnosticsFailure([]) };
  const scope = releaseScope(session, prepared, release);
  const settings = diffSettings(scope, session.ports.environment);
  reportUnsupported(work, release, settings);
  try {
    if (await isKnownNew(work, release)) return { ...base, kind: 'new' };
    const stored = settings.isOffline ? undefined : await storedManifest(work, release);
    const rendered = await render(work, { scope, settings, chart, isInstalled: stored !== undefined });
    if (typeof rendered !== 'string') return { ...base, kind: 'failed', described: rendered };
    const sides = await sidesOf(work, release, { stored, rendered, settings });
    const { name: releaseName, namespace } = release.key;
    const input = { releaseName, namespace, ...sides };
    const result = await session.ports.differ.diff(input, withTemplate(session, settings.manifest));
    const isUnfinished = stored !== undefined && wantsUpgrade(stored, session);
    return { ...base, kind: 'compared', isInstalled: stored !== undefined, isUnfinished, result };
  } catch (error) {
    return { ...base, kind: 'failed', described: caughtFailure(error) };
  }
}

function wantsUpgrade({ status }: StoredManifest, { options }: Session): boolean {
  if (status === 'failed') return options.upgradesFailed === true;
  return status.startsWith('pending-') || status === 'uninstalling';
}

/** `HELM_DIFF_TPL` names the template of the `template` layout. */
function withTemplate({ ports }: Session, options: ManifestDiffOptions): ManifestDiffOptions {
  const path = ports.environment['HELM_DIFF_TPL'];
  if (options.output !== 'template' || path === undefined) return options;
  const absolute = resolvePath(ports.workingDirectory, path);
  try {
    const text = decodeBytes(ports.files.read(absolute));
    return { ...options, template: { name: baseNameOf(path), text } };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = `Error loading custom template: ${error.message}`;
    throw new ExecutorError('render-failed', message, { cause: error });
  }
}

function reportUnsupported({ session }: FileWork, release: DesiredRelease, settings: DiffSettings): void {
  for (const name of settings.unsupported) {
    const text = `the diff argument "--${name}" is not supported and has no effect`;
    const diagnostic = warningDiagnostic('feature/diff-args', text, { span: release.spanOf() });
    session.emit({ type: 'diagnostic', diagnostic });
  }
}

/** `--skip-diff-on-install`: a release that is not there needs no comparison. */
async function isKnownNew(work: FileWork, release: DesiredRelease): Promise<boolean> {
  if (work.session.options.diff?.skipDiffOnInstall !== true) return false;
  const { deployed } = await lookUp(work, release, { withExtraArgs: true });
  return deployed === undefined;
}

async function storedManifest(
  { session, file }: FileWork,
  release: DesiredRelease,
): Promise<StoredManifest | undefined> {
  return await session.executorFor(file).storedManifest(release.key, callContext(session, file, release));
}

interface Manifests {
  readonly stored: StoredManifest | undefined;
  readonly rendered: string;
  readonly settings: DiffSettings;
}

/** What is compared: the manifests, or what the cluster makes of them. */
async function sidesOf(
  { session, file }: FileWork,
  { key }: DesiredRelease,
  { stored, rendered, settings }: Manifests,
): Promise<Pick<ManifestDiffInput, 'before' | 'after' | 'foreign'>> {
  const { trial } = settings;
  if (trial === undefined) return { before: storedText(stored, settings), after: rendered };
  const question = {
    releaseName: key.name,
    namespace: key.namespace,
    kubeContext: key.kubeContext || kubeContextOf(session.options, file),
    before: stored?.manifest ?? '',
    after: rendered,
    trial,
  };
  const { before, after, foreign } = await session.ports.liveStates.read(question, session.signal);
  return { before, after, ...(settings.takesOwnership ? { foreign } : {}) };
}

function storedText(stored: StoredManifest | undefined, settings: DiffSettings): string {
  if (stored === undefined) return '';
  return settings.noHooks ? stored.manifest : stored.manifest + stored.hooks;
}

interface RenderInput {
  readonly scope: ReleaseScope;
  readonly settings: DiffSettings;
  readonly chart: PreparedChart;
  readonly isInstalled: boolean;
}

async function render(work: FileWork, input: RenderInput): Promise<string | DescribedFailure> {
  const { session, file } = work;
  const { scope, settings, chart, isInstalled } = input;
  const purpose = { verb: 'diff', scope: { ...scope, isInstalled } } as const;
  const built = await buildRequest(session, purpose, chart);
  if ('failure' in built) return built;
  const request = await withStoredValues(work, adjusted(built, settings), isInstalled);
  try {
    const { text } = await session
      .executorFor(file)
      .template(request, callContext(session, file, scope.release));
    return text.replace(/^(?:Pulled|Digest|Pulling):.*\n/gm, '');
  } catch (error) {
    return caughtFailure(error, { request });
  }
}

function adjusted(request: ReleaseRequest, settings: DiffSettings): ReleaseRequest {
  const { noHooks, includeCrds, isOffline, forwarded } = settings;
  const { serverDryRun, ...options } = request.options;
  return {
    ...request,
    commandArgs: [...(request.commandArgs ?? []), ...forwarded],
    options: {
      ...options,
      ...(settings.reusesValues ? { reuseValues: true } : {}),
      noHooks,
      includeCrds,
      serverDryRun: serverDryRun === true && !isOffline && !settings.disablesValidation,
    },
  };
}

/** With `reuseValues` the values of the installed revision lie under the given ones. */
async function withStoredValues(
  { session, file }: FileWork,
  request: ReleaseRequest,
  isInstalled: boolean,
): Promise<ReleaseRequest> {
  const executor = session.executorFor(file);
  if (!isInstalled || request.options.reuseValues !== true || executor.storedValues === undefined)
    return request;
  const context = callContext(session, file);
  const content = await executor.storedValues(request.key, context);
  const stored = { origin: 'installed values', content, isSecret: true };
  return { ...request, values: [stored, ...request.values] };
}
