import { joinPath } from '@flotilla/gocompat';
import { type ChartRequest, ExecutorError, type PreparedChart } from '../ports/executor.ts';
import { type ChartReference, ociCachePath, ociName, ociReference, ociVersion } from './chart-reference.ts';
import { downloadOptions } from './helm-options.ts';
import { applyMirrors } from './mirrors.ts';
import { once } from './once.ts';
import { defaultsOf, type ReleaseScope, versionOf } from './release-scope.ts';
import { callContext, log, type Session } from './session.ts';

export interface RegistryChart {
  readonly reference: Extract<ChartReference, { readonly kind: 'oci' }>;
  readonly declared: string;
  /** Where it goes instead of the shared cache. */
  readonly destination?: string;
}

/** Pulls a registry chart into the shared cache, once per run and version; what is there already is used. */
export async function registryChart(
  session: Session,
  scope: ReleaseScope,
  { reference, declared, destination: given }: RegistryChart,
): Promise<PreparedChart> {
  const { release, file } = scope;
  const written = ociVersion(reference.chart);
  if (written === 'latest') {
    const text = `release "${release.key.name}": the version for OCI charts should be semver compliant, the latest tag is not supported`;
    throw new ExecutorError('chart-invalid', text, { key: release.key });
  }
  const base = {
    reference: applyMirrors(ociReference(reference.chart), session.mirrors),
    ...downloadOptions(scope),
    ...(reference.repository === undefined ? {} : { repository: reference.repository }),
  };
  const version = await resolveConstraint(session, scope, { request: base, constraint: written });
  const destination = given ?? joinPath(session.ports.cacheDirectory, ociCachePath(declared, version));
  const pulled = await once(session.memo.charts, destination, async () => {
    const cached = usableChart(session, destination, given === undefined);
    if (cached !== undefined) return { reference: cached, isLocal: true, path: cached, declared };
    log(session, 'info', `Pulling ${ociName(reference.chart, version)}`);
    session.emit({ type: 'chart.fetching', release: release.id, chart: base.reference, version });
    const request: ChartRequest = { ...base, destination, ...(version === '' ? {} : { version }) };
    const chart = await session.executorFor(file).fetch(request, callContext(session, file, release));
    session.emit({ type: 'chart.fetched', release: release.id, path: chart.reference });
    return chart;
  });
  const { version: _, ...located } = pulled;
  return { ...located, declared: release.spec.chart, ...versionOf(release) };
}

/** What is there already: always good enough in the shared cache, elsewhere only when nothing is to be refreshed. */
function usableChart(session: Session, destination: string, isShared: boolean): string | undefined {
  const found = cachedChart(session, destination);
  const wantsRefresh = session.options.skipDeps !== true && session.options.skipRefresh !== true;
  if (found === undefined || !wantsRefresh) return found;
  if (isShared) {
    log(session, 'info', cacheNotice(destination));
    return found;
  }
  session.ports.files.remove(destination);
  return undefined;
}

function cacheNotice(destination: string): string {
  return `Skipping refresh for chart at ${destination} (shared cache, another process may be using it; run 'helmfile cache cleanup' to force refresh)`;
}

/** The directory below `destination` with a Chart.yaml. */
function cachedChart(session: Session, destination: string): string | undefined {
  const { files } = session.ports;
  if (files.stat(destination)?.kind !== 'directory') return undefined;
  if (files.stat(joinPath(destination, 'Chart.yaml')) !== undefined) return destination;
  return files
    .list(destination)
    .filter((entry) => entry.kind === 'directory')
    .map((entry) => joinPath(destination, entry.name))
    .find((path) => files.stat(joinPath(path, 'Chart.yaml')) !== undefined);
}

interface ConstraintQuestion {
  readonly request: Omit<ChartRequest, 'destination'>;
  readonly constraint: string;
}

/** The version a constraint on a registry chart stands for now (Helmfile 1.8.0); the text itself when that cannot be told. */
async function resolveConstraint(
  session: Session,
  scope: ReleaseScope,
  { request, constraint }: ConstraintQuestion,
): Promise<string> {
  const { release, file } = scope;
  const defaults = defaultsOf(scope);
  const isWanted = release.spec.resolveOCIVersions ?? defaults.resolveOCIVersions ?? true;
  const isPinned = request.reference.includes('@') || !isConstraint(constraint);
  const isOffline =
    session.options.skipRefresh === true || (release.spec.skipRefresh ?? defaults.skipRefresh) === true;
  if (!isWanted || isPinned || isOffline) return constraint;
  const { devel: _, ...question } = request;
  try {
    return await once(session.memo.versions, `${request.reference} ${constraint}`, async () => {
      const context = callContext(session, file, release);
      return await session.executorFor(file).resolveVersion({ ...question, version: constraint }, context);
    });
  } catch (error) {
    if (!(error instanceof ExecutorError) || error.code === 'aborted') throw error;
    const text = `resolving OCI version constraint "${constraint}" for release "${release.key.name}" failed: ${error.message}; falling back to unresolved constraint for cache key (a stale cache may be served)`;
    log(session, 'warn', text);
    return constraint;
  }
}

/** True for what is not one full version. */
function isConstraint(text: string): boolean {
  return text !== '' && !/^v?\d+\.\d+\.\d+(?:[-+].*)?$/.test(text);
}
