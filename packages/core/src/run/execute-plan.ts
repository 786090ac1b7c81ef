import type { DesiredRelease, ReleaseId } from '../desired/desired-state.ts';
import type { ExecutionPhase, ExecutionPlan, StepKind } from '../plan/execution-plan.ts';
import type { ReleaseOutcome } from '../report/run-report.ts';
import type { FileWork } from './file-run.ts';
import { runSchedule } from './run-schedule.ts';
import type { StepId, StepResult, StepStatus } from './schedule.ts';

/** Does one step and says how it ended; rejects only for bugs. */
export type StepRunner = (work: FileWork, release: DesiredRelease) => Promise<ReleaseOutcome>;

/** Runs the phases of a plan in order, steps of a phase as far as their needs and the concurrency allow. */
export async function executePlan(
  work: FileWork,
  plan: ExecutionPlan,
  runners: Readonly<Record<StepKind, StepRunner>>,
): Promise<void> {
  for (const phase of plan.phases) await executePhase(work, phase, runners[phase.kind]);
}

async function executePhase(work: FileWork, phase: ExecutionPhase, runner: StepRunner): Promise<void> {
  const { session, record } = work;
  const releases = new Map(work.groups.flat().map((release) => [release.id, release]));
  const byStep = new Map(phase.steps.map((step) => [step.id, releases.get(step.release)]));
  await runSchedule({
    steps: phase.steps,
    options: { concurrency: session.options.concurrency ?? 0, onFailure: 'continue' },
    signal: session.signal,
    runStep: async (id) => {
      const release = byStep.get(id);
      return release === undefined ? 'skipped' : await runStep(work, { id, release, runner });
    },
    onGivenUp: (id, status) => {
      const release = byStep.get(id);
      if (release !== undefined) record.finish(release, givenUp(status));
    },
  });
}

async function runStep(
  work: FileWork,
  {
    id,
    release,
    runner,
  }: { readonly id: StepId; readonly release: DesiredRelease; readonly runner: StepRunner },
): Promise<StepResult> {
  const { emit, ports } = work.session;
  const started = ports.clock.now();
  emit({ type: 'release.started', release: release.id });
  emit({ type: 'step.started', release: release.id, step: id });
  const outcome = await runner(work, release);
  emit({ type: 'step.finished', release: release.id, step: id, durationMs: ports.clock.now() - started });
  work.record.finish(release, outcome);
  return outcome.kind === 'blocked' || outcome.kind === 'aborted' ? 'failed' : outcome.kind;
}

/** Step ids end in the id of their release. */
function givenUp(status: StepStatus): ReleaseOutcome {
  if (status.kind !== 'blocked') return { kind: 'aborted' };
  return { kind: 'blocked', by: status.by.slice(status.by.indexOf(':') + 1) as ReleaseId };
}
