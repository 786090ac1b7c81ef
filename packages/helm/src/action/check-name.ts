/** Names that releases may have, and the words in which actions refuse others. */
import { GoError } from '@flotilla/gocompat';
import { releaseNameProblem } from '../chart/check-chart.ts';
import { slogRecord } from '../chart/log-record.ts';
import type { ActionContext } from './action-context.ts';

/** Throws GoError `words: name` for a name that no release has; most actions of Helm have words of their own. */
export function checkName(name: string, words: string): void {
  if (releaseNameProblem(name) !== undefined) throw new GoError(`${words}: ${name}`);
}

/** The error of a release that cannot be installed under its name; Helm 4 logs what is wrong before it fails. */
export function refusedName(
  { compat, log }: Pick<ActionContext, 'compat' | 'log'>,
  problem: string,
): GoError {
  if (compat === 'v3') return new GoError(problem);
  log(slogRecord('ERROR', 'release name check failed', [['error', problem]]));
  return new GoError(`release name check failed: ${problem}`);
}
