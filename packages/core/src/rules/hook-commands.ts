import { warningDiagnostic } from '@flotilla/diagnostics';
import type { HookSpec } from '../spec/release-spec.ts';
import { spanOf } from '../yaml/provenance.ts';
import { hookLabel, hooksOf } from './blocks.ts';
import type { Rule } from './rule.ts';

/** Hooks that fail, or ignore their command, once they run. */
export const hookCommands: Rule = (spec, report) => {
  for (const hook of hooksOf(spec)) {
    const problem = problemOf(hook);
    if (problem === undefined) continue;
    report(warningDiagnostic('hook/command', `${hookLabel(hook)} ${problem}`, { span: spanOf(hook) }));
  }
};

function problemOf(hook: HookSpec): string | undefined {
  const { kubectlApply: apply, command = '' } = hook;
  if (apply === undefined) return command === '' ? 'has no command' : undefined;
  const hasFile = isGiven(apply.filename);
  const hasFolder = isGiven(apply.kustomize);
  if (hasFile && hasFolder) return 'has both "filename" and "kustomize" under "kubectlApply", and will fail';
  if (!hasFile && !hasFolder)
    return 'has neither "filename" nor "kustomize" under "kubectlApply", and will fail';
  return command === '' ? undefined : 'has "kubectlApply", so its "command" is ignored';
}

function isGiven(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
