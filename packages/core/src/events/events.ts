import type { Diagnostic } from '@flotilla/diagnostics';
import type { ReleaseId } from '../desired/desired-state.ts';
import type { ReleasePlan } from '../plan/release-plan.ts';
import type { InterruptStage } from '../ports/interruption.ts';
import type { AffectedReleases, ReleaseOutcome, RunReport } from '../report/run-report.ts';
import type { StepId } from '../run/schedule.ts';
import type { HookEvent } from '../spec/closed-sets.ts';

/**
 * Everything a run tells while it goes on: one closed union of plain data. Laws, property-tested: the first event is
 * `run.started`, the last `run.finished`; every queued release finishes exactly once; a step ends after it began. Not its business: words for people, colour, terminals.
 */

export type CommandName =
  | 'apply'
  | 'sync'
  | 'destroy'
  | 'diff'
  | 'template'
  | 'lint'
  | 'status'
  | 'test'
  | 'fetch'
  | 'deps'
  | 'repos'
  | 'write-values'
  | 'list'
  | 'build'
  | 'show-dag';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type FlotillaEventBody =
  | { readonly type: 'run.started'; readonly command: CommandName }
  | { readonly type: 'file.started'; readonly file: string }
  /** All releases of the file have ended; hooks of the file are still to come. Helmfile prints its tables here. */
  | { readonly type: 'file.acted'; readonly file: string; readonly affected: AffectedReleases }
  | { readonly type: 'file.finished'; readonly file: string }
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly type: 'selection.made'; readonly included: number; readonly excluded: number }
  | {
      readonly type: 'chart.fetching';
      readonly release: ReleaseId;
      readonly chart: string;
      readonly version: string;
    }
  | { readonly type: 'chart.fetched'; readonly release: ReleaseId; readonly path: string }
  | { readonly type: 'plan.ready'; readonly plan: ReleasePlan }
  | { readonly type: 'release.queued'; readonly release: ReleaseId }
  | { readonly type: 'release.started'; readonly release: ReleaseId }
  | { readonly type: 'step.started'; readonly release: ReleaseId; readonly step: StepId }
  | {
      readonly type: 'step.finished';
      readonly release: ReleaseId;
      readonly step: StepId;
      readonly durationMs: number;
    }
  | { readonly type: 'release.finished'; readonly release: ReleaseId; readonly outcome: ReleaseOutcome }
  | {
      readonly type: 'hook.started';
      readonly event: HookEvent;
      readonly hook: string;
      readonly release?: ReleaseId;
    }
  | {
      readonly type: 'hook.finished';
      readonly event: HookEvent;
      readonly hook: string;
      readonly release?: ReleaseId;
      readonly isOk: boolean;
    }
  | { readonly type: 'executor.command'; readonly argv: readonly string[]; readonly release?: ReleaseId }
  | {
      readonly type: 'executor.output';
      readonly stream: 'stdout' | 'stderr';
      readonly line: string;
      readonly release?: ReleaseId;
    }
  | { readonly type: 'executor.progress'; readonly message: string; readonly release?: ReleaseId }
  | { readonly type: 'executor.retry'; readonly attempt: number; readonly reason: string }
  /** What Helmfile's logger says at this point, word for word; only the `helmfile` bin prints it. */
  | { readonly type: 'helmfile.log'; readonly level: LogLevel; readonly message: string }
  /** A piece of the command's product: what belongs on stdout. */
  | { readonly type: 'product'; readonly text: string }
  /** What was asked of a release: its status, the logs of its tests. The `helmfile` bin has it in its log. */
  | { readonly type: 'release.answered'; readonly release: ReleaseId; readonly text: string }
  | { readonly type: 'question.answered'; readonly id: string; readonly answer: boolean }
  | { readonly type: 'run.interrupted'; readonly stage: InterruptStage }
  | { readonly type: 'run.finished'; readonly report: RunReport };

export interface EventHeader {
  /** Strictly increases. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export type FlotillaEvent = EventHeader & FlotillaEventBody;

/** What stages call; synchronous, never throws. */
export type Emit = (event: FlotillaEventBody) => void;
