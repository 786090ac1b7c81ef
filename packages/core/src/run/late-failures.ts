import type { DesiredRelease, DesiredState, DesiredStateFile } from '../desired/desired-state.ts';
import type { PreparationFailure } from '../prepare/file-preparation.ts';
import { checkNeeds } from '../select/needs-rules.ts';
import { type DescribedFailure, describePreparation, diagnosticsFailure } from './failures.ts';
import type { FileRecord } from './file-record.ts';

/**
 * `--allow-failed-releases` (Helmfile 1.8.0): releases that could not be prepared are left out, the command goes on with the
 * others, and the file fails at its end. Unlike Helmfile, failed dependency builds are told, too.
 */

interface PatientFile {
  readonly state: DesiredState;
  readonly file: DesiredStateFile;
  readonly groups: readonly (readonly DesiredRelease[])[];
  readonly record: FileRecord;
}

/** The groups without failed releases; what needs one of them fails the file. */
export function withoutFailed(
  { state, file, groups, record }: PatientFile,
  failures: readonly PreparationFailure[],
): PatientFile['groups'] {
  if (failures.length === 0) return groups;
  const failed = new Map(failures.map((each) => [each.release, describePreparation(each).failure]));
  for (const release of groups.flat()) {
    const failure = failed.get(release.id);
    if (failure !== undefined)
      record.finish(release, { kind: 'failed', failure, durationMs: 0, isUninstall: false });
  }
  const releases = file.releases.filter((release) => !failed.has(release.id));
  const files = state.files.map((each) => (each === file ? { ...file, releases } : each));
  const rest = groups.map((group) => group.filter((release) => !failed.has(release.id)));
  const problems = checkNeeds({ ...state, files }, rest.flat(), 'skip');
  if (problems.length > 0) {
    const { failure, text } = diagnosticsFailure(problems);
    record.fail({ failure, referenceText: text.replace(file.errorPrefix, '') });
  }
  return rest.filter((group) => group.length > 0);
}

export interface LateFailures {
  readonly failures: readonly PreparationFailure[];
  /** Of the global `cleanup` hooks. */
  readonly cleanup: DescribedFailure | undefined;
}

/** The list of what was put off; an error of the command itself stands alone. */
export function reportLate(record: FileRecord, { failures, cleanup }: LateFailures): void {
  const texts = failures.map((each) => {
    const prefix = each.kind === 'executor' ? each.prefix : '';
    return prefix + describePreparation(each).text;
  });
  if (cleanup !== undefined) texts.push(`error during global cleanup event: ${cleanup.text}`);
  if (texts.length === 0 || record.hasErrors) return;
  const list = texts.map((text, index) => `\n\nError ${index + 1}:\n\n${text.replaceAll(/^/gm, '  ')}`);
  const message = `Failed with ${texts.length} errors:${list.join('')}\n`;
  record.fail({ failure: { kind: 'other', message }, referenceText: message });
}
