import { type Dict, Dict as DictType, formatTime, parseTime, rfc3339Nano, utcZone } from '@flotilla/gocompat';
import { recordedText } from '../release/chart-record.ts';
import type { Release, ReleaseHook } from '../release/release.ts';

/** What Helm 4.3.1 prints about a release without colour. Pure: a release in, text out. */

/** The block of `status`, `install`, `upgrade` and `test`. */
export function statusText(release: Release, options: { readonly showsNotes?: boolean } = {}): string {
  const { info } = release;
  const lines = [
    `NAME: ${release.name}`,
    ...(info.lastDeployed === '' ? [] : [`LAST DEPLOYED: ${ansiTime(info.lastDeployed)}`]),
    `NAMESPACE: ${release.namespace}`,
    `STATUS: ${info.status}`,
    `REVISION: ${release.version}`,
    `DESCRIPTION: ${info.description}`,
    ...testLines(release.hooks),
  ];
  const notes = info.notes.trim();
  if (options.showsNotes !== false && notes !== '') lines.push('NOTES:', notes);
  return `${lines.join('\n')}\n`;
}

function testLines(hooks: readonly ReleaseHook[]): readonly string[] {
  const executed = hooks.filter((hook) => hook.events.includes('test') && hook.lastRun.startedAt !== '');
  if (executed.length === 0) return ['TEST SUITE: None'];
  return executed.flatMap(({ name, lastRun }) => [
    `TEST SUITE:     ${name}`,
    `Last Started:   ${ansiTime(lastRun.startedAt)}`,
    `Last Completed: ${ansiTime(lastRun.completedAt)}`,
    `Phase:          ${lastRun.phase}`,
  ]);
}

/** Go's `time.ANSIC`: `Mon Jan _2 15:04:05 2006`. */
function ansiTime(text: string): string {
  return text === '' ? '' : formatTime(parseTime(rfc3339Nano, text, utcZone), 'Mon Jan _2 15:04:05 2006');
}

/** The row that `helm list` prints for a release, padded to its header. */
export function listRow(release: Release): string {
  const updated = release.info.lastDeployed;
  const time = updated === '' ? '' : formatTime(parseTime(rfc3339Nano, updated, utcZone), goTimeLayout);
  const cells: readonly (readonly [string, string])[] = [
    ['NAME', release.name],
    ['NAMESPACE', release.namespace],
    ['REVISION', String(release.version)],
    ['UPDATED', time],
    ['STATUS', release.info.status],
    ['CHART', chartLabel(release)],
    ['APP VERSION', appVersion(release.chart)],
  ];
  return `${cells.map(([header, cell]) => cell.padEnd(Math.max(header.length, cell.length))).join('\t')}\n`;
}

const goTimeLayout = '2006-01-02 15:04:05.999999999 -0700 MST';

/** `name-version` of the stored chart. */
export function chartLabel({ chart }: Release): string {
  return chart === null ? 'MISSING' : `${recordedText(chart, 'name')}-${recordedText(chart, 'version')}`;
}

/** `appVersion` of a stored chart; empty when it has none. */
export function appVersion(chart: Dict | null): string {
  return chart instanceof DictType ? recordedText(chart, 'appVersion') : '';
}

/** What `helm get hooks` prints. */
export function storedHooksText(release: Release): string {
  return release.hooks.map(({ path, manifest }) => `---\n# Source: ${path}\n${manifest}\n`).join('');
}
