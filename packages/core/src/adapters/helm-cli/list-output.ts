import type { ReleaseKey } from '../../desired/desired-state.ts';
import type { ObservedRelease, ReleaseStatus } from '../../ports/executor.ts';

/**
 * Reads the table of `helm list --filter ^NAME$`: the first line is its header, whatever follows means the release exists.
 * Columns are separated by tabs and padded with blanks.
 */
export function parseListOutput(key: ReleaseKey, stdout: string): ObservedRelease {
  const headerEnd = stdout.indexOf('\n');
  const text = headerEnd === -1 ? '' : stdout.slice(headerEnd + 1).replace(/\n+$/, '');
  if (text === '') return { key };
  const [row = ''] = text.split('\n');
  const [, , revision = '', updated = '', status = '', chart = '', appVersion = ''] = row
    .split('\t')
    .map((cell) => cell.trim());
  const number = Number(revision);
  const deployed = {
    revision: Number.isNaN(number) ? 0 : number,
    status: status as ReleaseStatus,
    chart,
    appVersion,
    updated,
  };
  return { key, deployed, text };
}
