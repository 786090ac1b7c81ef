import type { DesiredRelease } from '../desired/desired-state.ts';
import type { ChangeEvidence, FilePlan, ReleaseChange } from '../plan/release-plan.ts';
import { mapLimited, readLimit } from '../prepare/map-limited.ts';
import { log } from '../prepare/session.ts';
import { type Comparison, compareRelease } from './compare-release.ts';
import { type DescribedFailure, releaseError } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { presentReleases } from './present-releases.ts';
import { warningHooks } from './release-hooks.ts';

/** What comparing a whole file came to. */
export interface PlannedFile {
  readonly plan: FilePlan;
  readonly changed: readonly DesiredRelease[];
  readonly toDelete: readonly DesiredRelease[];
  /** False when a comparison or a lookup failed: then nothing may be done. */
  readonly isComplete: boolean;
}

export interface PlanOptions {
  /** Changes count as such (`apply` always, `diff` with `--detailed-exitcode`). */
  readonly isDetailed: boolean;
  /** `diff` fires the `cleanup` hooks of what it compared. */
  readonly runsCleanupHooks: boolean;
}

/** Compares every chosen release, prints the differences in plan order, and says what an apply would do. */
export async function planFile(work: FileWork, options: PlanOptions): Promise<PlannedFile> {
  const planned = work.groups.flat();
  const compared = await compareWanted(work, options);
  const unwanted = planned.filter((release) => !release.isInstalled);
  const toDelete = compared.isComplete
    ? await presentReleases(work, unwanted, { withExtraArgs: true })
    : undefined;
  const changes = planned.map((release) => {
    const comparison = compared.comparisons.find((each) => each.release === release);
    return comparison === undefined
      ? unwantedChange(release, toDelete?.includes(release) === true)
      : wantedChange(comparison);
  });
  return {
    plan: { file: work.file.name, fileIndex: work.fileIndex, changes },
    changed: compared.changed,
    toDelete: toDelete ?? [],
    isComplete: toDelete !== undefined,
  };
}

export interface ComparedReleases {
  readonly comparisons: readonly Comparison[];
  readonly changed: readonly DesiredRelease[];
  readonly isComplete: boolean;
}

/** Compares what is to be installed; failures go to the record, differences to stdout. */
export async function compareWanted(work: FileWork, options: PlanOptions): Promise<ComparedReleases> {
  const wanted = work.groups.flat().filter((release) => release.isInstalled);
  const comparisons = await mapLimited(wanted, readLimit(work.session.options), (release) =>
    compareRelease(work, release),
  );
  printComparisons(work, comparisons, options);
  const failures = comparisons.filter((comparison) => comparison.kind === 'failed');
  for (const { release, described } of failures) {
    const prefix = isPreparation(described) ? undefined : (): string => '';
    work.record.fail(releaseError(release, described, prefix));
    const { failure } = described;
    work.record.finish(release, { kind: 'failed', failure, durationMs: 0, isUninstall: false });
  }
  if (options.runsCleanupHooks) {
    for (const release of wanted) await warningHooks(work, release, { event: 'cleanup', command: 'diff' });
  }
  const changed = comparisons.filter(isChanged).map(({ release }) => release);
  return { comparisons, changed, isComplete: failures.length === 0 };
}

/** Flags and values of all releases are prepared before the first comparison; a problem there leaves none. */
function isPreparation({ failure }: DescribedFailure): boolean {
  return failure.kind === 'diagnostics';
}

function isChanged(comparison: Comparison): boolean {
  if (comparison.kind !== 'compared') return comparison.kind === 'new';
  return comparison.result.hasChanges || comparison.isUnfinished;
}

/** Helmfile's text: a line for each comparison, then the difference and an empty line. */
function printComparisons(work: FileWork, comparisons: readonly Comparison[], options: PlanOptions): void {
  const { session } = work;
  if (comparisons.some((each) => each.kind === 'failed' && isPreparation(each.described))) return;
  for (const comparison of comparisons) {
    if (comparison.kind === 'new') continue;
    const { release, chartReference } = comparison;
    const { name, namespace } = release.key;
    const heading = `Comparing release=${name}, chart=${chartReference}, namespace=${namespace}\n`;
    const isSuppressed = release.spec.suppressDiff === true || session.options.diff?.suppressDiff === true;
    if (isSuppressed) log(session, 'info', heading);
    else session.emit({ type: 'product', text: heading + printedText(comparison, options) });
  }
}

function printedText(comparison: Comparison, { isDetailed }: PlanOptions): string {
  if (comparison.kind !== 'compared') return '';
  const { text, hasChanges } = comparison.result;
  return text === '' || (isDetailed && !hasChanges) ? '' : `${text}\n`;
}

function wantedChange(comparison: Comparison): ReleaseChange {
  const { release, chartReference } = comparison;
  const base = { ...changeBase(release), chartReference };
  switch (comparison.kind) {
    case 'new':
      return { ...base, kind: 'install', diffText: '', evidence: { kind: 'not-installed' } };
    case 'failed':
      return { ...base, kind: 'unknown', diffText: '', evidence: { kind: 'failed' } };
    case 'compared': {
      const { result, isInstalled, isUnfinished } = comparison;
      const { added, changed, removed } = result;
      const evidence: ChangeEvidence = { kind: 'diff', added, changed, removed };
      const isChange = result.hasChanges || isUnfinished;
      const kind = isChange ? (isInstalled ? 'upgrade' : 'install') : 'unchanged';
      return { ...base, kind, diffText: result.text, evidence };
    }
  }
}

function unwantedChange(release: DesiredRelease, isPresent: boolean): ReleaseChange {
  return {
    ...changeBase(release),
    chartReference: release.spec.chart,
    kind: isPresent ? 'uninstall' : 'absent',
    diffText: '',
    evidence: { kind: 'marked-uninstalled' },
  };
}

function changeBase({
  id,
  key,
  spec,
}: DesiredRelease): Pick<ReleaseChange, 'release' | 'name' | 'namespace' | 'chart' | 'version'> {
  return {
    release: id,
    name: key.name,
    namespace: key.namespace,
    chart: spec.chart,
    version: spec.version ?? '',
  };
}

/** Helmfile's list of what is affected, sorted as text; undefined when nothing is. */
export function affectedText(
  planned: Pick<PlannedFile, 'changed' | 'toDelete'>,
  color: boolean,
): string | undefined {
  const deleted = color ? '\u001b[31mDELETED\u001b[0m' : 'DELETED';
  const deletions = new Set(planned.toDelete);
  const lines = [
    ...planned.changed
      .filter((release) => !deletions.has(release))
      .map(({ key, spec }) => `  ${key.name} (${spec.chart}) UPDATED`),
    ...planned.toDelete.map(({ key, spec }) => `  ${key.name} (${spec.chart}) ${deleted}`),
  ].sort();
  return lines.length === 0 ? undefined : `Affected releases are:\n${lines.join('\n')}\n`;
}
