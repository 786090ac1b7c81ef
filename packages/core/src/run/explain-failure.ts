import { type Diagnostic, didYouMean, type Span } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import type { ExecutorErrorCode } from '../ports/executor.ts';
import type { Files } from '../ports/files.ts';
import type { Failure } from '../report/run-report.ts';
import { nearPaths } from '../source/near-paths.ts';
import { resolvePath } from '../source/paths.ts';

/** Where a failure belongs. */
export interface FailurePlace {
  readonly files: Files;
  readonly file: DesiredStateFile;
  readonly release?: DesiredRelease | undefined;
}

/** An executor knows no state file: its failure gets the line that asked for it, and what can be done. */
export function explainedFailure(failure: Failure, place: FailurePlace): Failure {
  if (failure.kind !== 'executor') return failure;
  const { release } = place;
  const { diagnostic } = failure;
  const placed =
    release === undefined
      ? diagnostic
      : placedIn(diagnostic, release.id, release.spanOf('chart') ?? release.spanOf());
  const hint = placed.hint ?? chartHint(failure.code, place) ?? hints[failure.code];
  return { ...failure, diagnostic: hint === undefined ? placed : { ...placed, hint } };
}

function placedIn(diagnostic: Diagnostic, release: string, span: Span | undefined): Diagnostic {
  if (diagnostic.span === undefined)
    return { ...diagnostic, message: `${release}: ${diagnostic.message}`, ...(span && { span }) };
  if (span === undefined) return diagnostic;
  return { ...diagnostic, related: [...diagnostic.related, { span, message: `in release "${release}"` }] };
}

/** A chart that is not there may have a neighbour of nearly the same name. */
function chartHint(code: ExecutorErrorCode, { files, file, release }: FailurePlace): string | undefined {
  if (code !== 'chart-not-found' || release === undefined) return undefined;
  const { chart } = release.spec;
  if (chart.startsWith('oci://')) return undefined;
  const near = nearPaths(chart, (path) => resolvePath(file.baseDirectory, path), files);
  if (near !== undefined) return near;
  const [repository = ''] = chart.split('/', 1);
  const known = (file.spec.repositories ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
  return known.includes(repository) ? undefined : didYouMean(repository, known);
}

const hints: Readonly<Partial<Record<ExecutorErrorCode, string>>> = {
  'helm-not-found': 'install Helm, name it with --helm-binary, or use --executor native, which needs none',
  'unsupported-helm': 'name a helm 3 or 4 with --helm-binary, or use --executor native',
  'repository-unreachable': 'check the url, and whether this machine reaches it',
  'registry-auth': 'log in with "flotilla helm registry login", or give username and password',
  'chart-not-found': 'check its name and version; a path starts with ./',
  'dependency-build': 'run "flotilla deps", or correct the dependencies in Chart.yaml',
  'release-pending': 'wait for it to end; if nothing runs, --recover-pending takes it over',
  'cluster-unreachable': 'check kubeContext and KUBECONFIG',
  'permission-denied': 'ask for the rights, or use another kubeContext',
  timeout: 'raise timeout, or see what does not become ready',
};
