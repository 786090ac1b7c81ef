import {
  type Dict,
  emitYaml,
  formatTime,
  type GoTime,
  type GoZone,
  parseTime,
  rfc3339,
  rfc3339Nano,
  sortStrings,
  utcZone,
} from '@flotilla/gocompat';
import { formatTable } from '../format-table.ts';
import { recordedDependencies, recordedMap, recordedText } from './chart-record.ts';
import type { Release, ReleaseHook } from './release.ts';

/** What Helm 4.3.1 prints about a release without colour. Pure: a release in, text out. */

export interface StatusTextOptions {
  readonly showsNotes?: boolean;
  /** Name, version and app version of the chart (`get all`). */
  readonly showsChart?: boolean;
  /** Text of {@link resourcesText}. */
  readonly resources?: string;
  /** The release's values over the chart's; with them all there is to know is printed (`get all`, `--debug`). */
  readonly computedValues?: Dict;
}

/** The block of `status`, `install`, `upgrade`, `test` and `get all`; a dry run shows hooks and manifest, too. */
export function statusText(release: Release, options: StatusTextOptions = {}): string {
  const { info } = release;
  const { showsNotes = true, showsChart = false, resources = '', computedValues } = options;
  const isDryRun = info.description.toLowerCase() === 'dry run complete';
  const lines = [
    `NAME: ${release.name}`,
    ...(info.lastDeployed === '' ? [] : [`LAST DEPLOYED: ${ansiTime(info.lastDeployed)}`]),
    `NAMESPACE: ${release.namespace}`,
    `STATUS: ${info.status}`,
    `REVISION: ${release.version}`,
    ...(showsChart ? chartLines(release.chart) : []),
    `DESCRIPTION: ${info.description}`,
    ...(resources === '' ? [] : [`RESOURCES:\n${resources}`]),
    ...testLines(release.hooks),
    ...(computedValues === undefined ? [] : valuesLines(release, computedValues)),
    ...(isDryRun || computedValues !== undefined ? manifestLines(release) : []),
    ...(showsNotes && info.notes !== '' ? ['NOTES:', info.notes.trim()] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function chartLines(chart: Dict | null): readonly string[] {
  return [
    `CHART: ${recordedText(chart, 'name')}`,
    `VERSION: ${recordedText(chart, 'version')}`,
    `APP_VERSION: ${recordedText(chart, 'appVersion')}`,
  ];
}

function valuesLines({ config }: Release, computedValues: Dict): readonly string[] {
  const yaml = (values: Dict | null): string => emitYaml(values, { dialect: 'v2' });
  return [`USER-SUPPLIED VALUES:\n${yaml(config ?? null)}`, `COMPUTED VALUES:\n${yaml(computedValues)}`];
}

function manifestLines(release: Release): readonly string[] {
  return [`HOOKS:\n${storedHooksText(release)}MANIFEST:\n${release.manifest}`];
}

function testLines(hooks: readonly ReleaseHook[]): readonly string[] {
  const tests = hooks.filter((hook) => hook.events.includes('test'));
  if (tests.length === 0) return ['TEST SUITE: None'];
  return tests
    .filter(({ lastRun }) => lastRun.startedAt !== '')
    .flatMap(({ name, lastRun }) => [
      `TEST SUITE:     ${name}`,
      `Last Started:   ${ansiTime(lastRun.startedAt)}`,
      `Last Completed: ${ansiTime(lastRun.completedAt)}`,
      `Phase:          ${lastRun.phase}`,
    ]);
}

/** What Go calls the zero time. */
const zeroTime = '0001-01-01T00:00:00Z';

/** A time of a record, its offset called by the name `zone` has for it. */
function recordedTime(text: string, zone: GoZone): GoTime {
  return parseTime(rfc3339Nano, text || zeroTime, zone);
}

/** Go's `time.ANSIC`: `Mon Jan _2 15:04:05 2006`. */
function ansiTime(text: string): string {
  return formatTime(recordedTime(text, utcZone), 'Mon Jan _2 15:04:05 2006');
}

const goTimeLayout = '2006-01-02 15:04:05.999999999 -0700 MST';

export interface ListedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly revision: string;
  readonly updated: string;
  readonly status: string;
  readonly chart: string;
  readonly app_version: string;
}

/** A release as `list` shows it; times are laid out by `timeFormat`, unless it is empty. */
export function listedRelease(release: Release, zone: GoZone, timeFormat = ''): ListedRelease {
  const { lastDeployed, status } = release.info;
  const updated =
    lastDeployed === '' ? '-' : formatTime(recordedTime(lastDeployed, zone), timeFormat || goTimeLayout);
  return {
    name: release.name,
    namespace: release.namespace,
    revision: String(release.version),
    updated,
    status,
    chart: chartLabel(release),
    app_version: appVersionLabel(release),
  };
}

const listTitles = ['NAME', 'NAMESPACE', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'] as const;

/** The table of `list`. */
export function listTable(releases: readonly ListedRelease[], hidesTitles = false): string {
  const rows = releases.map((each) => [
    each.name,
    each.namespace,
    each.revision,
    each.updated,
    each.status,
    each.chart,
    each.app_version,
  ]);
  return formatTable(hidesTitles ? rows : [listTitles, ...rows]);
}

/** The row that `helm list` prints for a release, padded to its header. */
export function listRow(release: Release): string {
  const [, row = ''] = listTable([listedRelease(release, utcZone)]).split('\n');
  return `${row}\n`;
}

/** The table of `history`; `showsRollbacks` adds the revisions that rollbacks went back to. */
export function historyTable(releases: readonly Release[], showsRollbacks = false): string {
  const rollback = (text: string): readonly string[] => (showsRollbacks ? [text] : []);
  const rows = releases.map((release) => [
    String(release.version),
    ansiTime(release.info.lastDeployed),
    release.info.status,
    chartLabel(release),
    appVersionLabel(release),
    ...rollback(release.info.rollbackRevision > 0 ? String(release.info.rollbackRevision) : ''),
    release.info.description,
  ]);
  const titles = [
    'REVISION',
    'UPDATED',
    'STATUS',
    'CHART',
    'APP VERSION',
    ...rollback('ROLLBACK'),
    'DESCRIPTION',
  ];
  return formatTable([titles, ...rows]);
}

/** `name-version` of the stored chart. */
export function chartLabel({ chart }: Release): string {
  return chart === null ? 'MISSING' : `${recordedText(chart, 'name')}-${recordedText(chart, 'version')}`;
}

/** The `appVersion` of the stored chart. */
export function appVersionLabel({ chart }: Release): string {
  return chart === null ? 'MISSING' : recordedText(chart, 'appVersion');
}

/** What `helm get hooks` prints. */
export function storedHooksText(release: Release): string {
  return release.hooks.map(({ path, manifest }) => `---\n# Source: ${path}\n${manifest}\n`).join('');
}

/** What `helm get metadata` prints. */
export function metadataText(release: Release): string {
  const { chart } = release;
  const names = sortStrings(recordedDependencies(chart).map((each) => String(each['name'])));
  const lines = [
    `NAME: ${release.name}`,
    ...chartLines(chart),
    `ANNOTATIONS: ${pairsText(recordedMap(chart, 'annotations'))}`,
    `LABELS: ${pairsText(release.labels)}`,
    `DEPENDENCIES: ${names.join(',')}`,
    `NAMESPACE: ${release.namespace}`,
    `REVISION: ${release.version}`,
    `STATUS: ${release.info.status}`,
    `DEPLOYED_AT: ${deployedAt(release)}`,
    `APPLY_METHOD: ${applyMethodText(release)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** When a release was deployed, in whole seconds. */
export function deployedAt({ info }: Release): string {
  return formatTime(recordedTime(info.lastDeployed, utcZone), rfc3339);
}

function pairsText(texts: Readonly<Record<string, string>>): string {
  return sortStrings(Object.entries(texts).map(([key, value]) => `${key}=${value}`)).join(',');
}

function applyMethodText({ applyMethod }: Release): string {
  switch (applyMethod) {
    case '':
      return 'client-side apply (defaulted)';
    case 'csa':
      return 'client-side apply';
    case 'ssa':
      return 'server-side apply';
    default:
      return `unknown (${JSON.stringify(applyMethod)})`;
  }
}
