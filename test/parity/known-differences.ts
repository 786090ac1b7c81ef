import type { CaseStep } from '../support/case-file.ts';
import knownDifferences from './known-differences.json' with { type: 'json' };

/** Where ours answers otherwise on purpose, by `case#step`: the reason, and what ours says instead. */
interface KnownDifference {
  readonly reason: string;
  readonly stdout?: string;
  readonly exitCode?: number;
  /** What ours says on stderr; without it, a differing exit code frees the text. */
  readonly error?: string;
}

const differences: Readonly<Record<string, KnownDifference>> = knownDifferences;
const commandsWithHelm = /^(?:template|lint|fetch|deps|repos|sync|apply|diff|destroy|status|test|unittest)$/;

/** Keys of all listed differences. */
export const knownKeys: readonly string[] = Object.keys(differences);

/** True for commands that run helm; they are compared where helm is, in test/parity. */
export function startsHelm(step: CaseStep): boolean {
  return step.argv.some((word) => commandsWithHelm.test(word));
}

/** What ours must answer. A listed difference that is none any more is an error. */
export function expectedOf(step: CaseStep, key: string): CaseStep {
  const known = differences[key];
  if (known === undefined) return step;
  const isDifferent =
    (known.stdout !== undefined && known.stdout !== step.stdout) ||
    (known.exitCode !== undefined && known.exitCode !== step.exitCode) ||
    (known.error !== undefined && known.error !== step.error);
  if (!isDifferent) throw new Error(`${key} is listed as a known difference and does not differ`);
  return { ...step, stdout: known.stdout ?? step.stdout, exitCode: known.exitCode ?? step.exitCode };
}

/** True when every line of the expected error stands in `said`, in order. */
export function saysError(said: string, step: CaseStep, key: string): boolean {
  const known = differences[key];
  if (known?.exitCode !== undefined && known.error === undefined) return true;
  const lines = (known?.error ?? step.error).split('\n').filter((line) => line.trim() !== '');
  let from = 0;
  return lines.every((line) => {
    const at = said.indexOf(line, from);
    from = at + line.length;
    return at !== -1;
  });
}
