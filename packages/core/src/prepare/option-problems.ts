import { type Diagnostic, errorDiagnostic, warningDiagnostic } from '@flotilla/diagnostics';
import type { ExecutorCapabilities } from '../ports/executor.ts';
import { filled, replaceOptions, serverSideOf, trackModeOf, waitOptions } from './helm-options.ts';
import { defaultsOf, type ReleaseScope } from './release-scope.ts';

type ProblemField =
  | 'forceConflicts'
  | 'rollbackOnFailure'
  | 'atomic'
  | 'serverSide'
  | 'description'
  | 'createNamespace'
  | 'trackMode';

/** What the state file asks for and this Helm cannot do, in Helmfile 1.8.0's words. */
export function optionProblems(scope: ReleaseScope): readonly Diagnostic[] {
  const { release, capabilities, options } = scope;
  const problems: Diagnostic[] = [];
  const problem = (field: ProblemField, text: string): void => {
    problems.push(errorDiagnostic('state/unsupported-option', text, place(scope, field, text)));
  };
  const chosen = replaceOptions(scope);
  if (chosen.forceConflicts === true && !capabilities.forceConflicts) {
    problem('forceConflicts', needsHelm4('forceConflicts'));
  } else if (chosen.forceConflicts === true && chosen.force === true) {
    problem('forceConflicts', exclusive('force', 'forceConflicts'));
  }
  if (chosen.rollbackOnFailure === true && !capabilities.rollbackOnFailure) {
    problem('rollbackOnFailure', needsHelm4('rollbackOnFailure'));
  } else if (chosen.rollbackOnFailure === true && chosen.atomic === true) {
    problem('atomic', exclusive('atomic', 'rollbackOnFailure'));
  }
  problems.push(
    ...serverSideProblems(scope),
    ...oldHelmProblems(scope, capabilities),
    ...trackingProblems(scope),
  );
  if (trackModeOf(scope) === 'helm-legacy' && !capabilities.legacyWait && options.wait !== false) {
    const text = `trackMode 'helm-legacy' requires Helm v4, falling back to regular --wait for release ${release.key.name}`;
    if (waitOptions(scope).wait !== undefined) {
      problems.push(warningDiagnostic('state/unsupported-option', text, place(scope, 'trackMode', text)));
    }
  }
  return problems;
}

/** Tracking is helm's own here, whatever the mode says. */
function trackingProblems(scope: ReleaseScope): readonly Diagnostic[] {
  if (trackModeOf(scope) !== 'kubedog') return [];
  const span = scope.release.spanOf('trackMode') ?? scope.release.spanOf();
  const text = `trackMode "kubedog" of release "${scope.release.key.name}" is not supported yet; only helm's own waiting happens`;
  return [warningDiagnostic('feature/kubedog', text, { span })];
}

function serverSideProblems(scope: ReleaseScope): readonly Diagnostic[] {
  const { release, capabilities } = scope;
  if (!capabilities.serverSide) {
    const isOnRelease = filled(release.spec.serverSide) !== undefined;
    if (!isOnRelease && filled(defaultsOf(scope).serverSide) === undefined) return [];
    const text = `serverSide requires Helm 4 or greater (set via ${isOnRelease ? 'releases[]' : 'helmDefaults'}.serverSide)`;
    return [errorDiagnostic('state/unsupported-option', text, place(scope, 'serverSide', text))];
  }
  const value = serverSideOf(scope);
  if (value === undefined || ['true', 'false', 'auto'].includes(value)) return [];
  const text = `invalid serverSide value "${value}": must be "true", "false", or "auto"`;
  return [errorDiagnostic('state/bad-option', text, place(scope, 'serverSide', text))];
}

function oldHelmProblems(scope: ReleaseScope, can: ExecutorCapabilities): readonly Diagnostic[] {
  const { release, options } = scope;
  const problems: Diagnostic[] = [];
  const isDescribed = (filled(options.description) ?? filled(release.spec.description)) !== undefined;
  if (isDescribed && !can.description) {
    const text = 'releases[].description requires Helm 3.3.0 or greater';
    problems.push(errorDiagnostic('state/unsupported-option', text, place(scope, 'description', text)));
  }
  if (release.spec.createNamespace === true && !can.createNamespace) {
    const text = 'releases[].createNamespace requires Helm 3.2.0 or greater';
    problems.push(errorDiagnostic('state/unsupported-option', text, place(scope, 'createNamespace', text)));
  }
  return problems;
}

function place({ release }: ReleaseScope, field: ProblemField, text: string): object {
  return { span: release.spanOf(field) ?? release.spanOf(), referenceText: text };
}

function needsHelm4(field: string): string {
  return `${field} requires Helm 4 or greater (set via releases[].${field} or helmDefaults.${field})`;
}

function exclusive(first: string, second: string): string {
  return `${first} and ${second} are mutually exclusive (check both releases[].${first}/${second} and helmDefaults.${first}/${second})`;
}
