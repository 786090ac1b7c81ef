import { invariant } from '@flotilla/diagnostics';

/**
 * The scheduler: which steps may start now. A pure reducer over steps and what happened to them; the shell that runs steps is
 * run-schedule.ts. A step starts when its own needs are done (no barriers between groups), as far as the concurrency allows.
 * Not its business: what a step does, time, cancellation signals.
 */

declare const stepIdBrand: unique symbol;

/** Names a step inside one run: its kind and its release. */
export type StepId = string & { readonly [stepIdBrand]: true };

export interface ScheduledStep {
  readonly id: StepId;
  /** Steps that have to be done first. Ids outside the schedule count as done. */
  readonly needs: readonly StepId[];
  /** Helmfile's group: the length of the longest chain of needs. Only `finish-group` looks at it. */
  readonly group: number;
}

/**
 * `continue`: a failed step blocks the steps that need it, nothing else. `finish-group`: nothing of a later group starts any
 * more. `stop`: nothing starts any more.
 */
export type FailurePolicy = 'continue' | 'finish-group' | 'stop';

export interface ScheduleOptions {
  /** Steps that run at the same time; 0 sets no limit. */
  readonly concurrency: number;
  readonly onFailure: FailurePolicy;
}

export type StepResult = 'succeeded' | 'unchanged' | 'failed' | 'skipped';

export type StepStatus =
  | { readonly kind: 'waiting' | 'running' | 'aborted' }
  | { readonly kind: StepResult }
  /** `by` failed, was blocked itself, or ended the run. */
  | { readonly kind: 'blocked'; readonly by: StepId };

export interface ScheduleState {
  readonly steps: readonly ScheduledStep[];
  readonly options: ScheduleOptions;
  readonly statuses: ReadonlyMap<StepId, StepStatus>;
  /** True once an interrupt said to start nothing more. */
  readonly isInterrupted: boolean;
}

export type ScheduleInput =
  | { readonly kind: 'begin' }
  | { readonly kind: 'finished'; readonly step: StepId; readonly result: StepResult }
  | { readonly kind: 'interrupted' };

export interface ScheduleAdvance {
  readonly state: ScheduleState;
  /** Steps to start now, most urgent first; they count as running already. */
  readonly start: readonly StepId[];
}

/** A schedule nothing has happened to yet. Steps with long chains behind them come first, then the given order. */
export function createSchedule(steps: readonly ScheduledStep[], options: ScheduleOptions): ScheduleState {
  const urgency = chainLengths(steps);
  const ordered = steps.toSorted((a, b) => (urgency.get(b.id) ?? 0) - (urgency.get(a.id) ?? 0));
  const statuses = new Map<StepId, StepStatus>(ordered.map((step) => [step.id, { kind: 'waiting' }]));
  invariant(statuses.size === steps.length, 'two steps of a schedule have the same id');
  return { steps: ordered, options, statuses, isInterrupted: false };
}

/** What follows from one thing that happened. Equal states and inputs give equal answers. */
export function advance(state: ScheduleState, input: ScheduleInput): ScheduleAdvance {
  const statuses = new Map(state.statuses);
  const isInterrupted = state.isInterrupted || input.kind === 'interrupted';
  if (input.kind === 'finished') {
    invariant(statuses.get(input.step)?.kind === 'running', `step ${input.step} ended without running`);
    statuses.set(input.step, { kind: input.result });
    if (input.result === 'failed') blockAfter(state, statuses, input.step);
  }
  if (isInterrupted) abortWaiting(statuses);
  const start = startable(state, statuses);
  for (const id of start) statuses.set(id, { kind: 'running' });
  return { state: { ...state, statuses, isInterrupted }, start };
}

/** True when nothing runs and nothing can start any more. */
export function isFinished(state: ScheduleState): boolean {
  return [...state.statuses.values()].every(({ kind }) => kind !== 'waiting' && kind !== 'running');
}

function startable(state: ScheduleState, statuses: ReadonlyMap<StepId, StepStatus>): readonly StepId[] {
  const running = [...statuses.values()].filter(({ kind }) => kind === 'running').length;
  const limit = state.options.concurrency > 0 ? state.options.concurrency - running : state.steps.length;
  const ready = state.steps.filter(
    (step) =>
      statuses.get(step.id)?.kind === 'waiting' && step.needs.every((need) => isDone(statuses.get(need))),
  );
  return ready.slice(0, Math.max(0, limit)).map((step) => step.id);
}

function isDone(status: StepStatus | undefined): boolean {
  if (status === undefined) return true;
  return status.kind === 'succeeded' || status.kind === 'unchanged' || status.kind === 'skipped';
}

function blockAfter(state: ScheduleState, statuses: Map<StepId, StepStatus>, failed: StepId): void {
  const group = state.steps.find((step) => step.id === failed)?.group ?? 0;
  const isHeldBack = (step: ScheduledStep): boolean => {
    if (state.options.onFailure === 'stop') return true;
    return state.options.onFailure === 'finish-group' && step.group > group;
  };
  const unreachable = new Set([failed]);
  let size = 0;
  // Needs may stand after their dependants in the list, so this goes on until nothing new is found.
  while (size !== unreachable.size) {
    size = unreachable.size;
    for (const step of state.steps) {
      if (step.needs.some((need) => unreachable.has(need)) || isHeldBack(step)) unreachable.add(step.id);
    }
  }
  for (const id of unreachable) {
    if (statuses.get(id)?.kind === 'waiting') statuses.set(id, { kind: 'blocked', by: failed });
  }
}

function abortWaiting(statuses: Map<StepId, StepStatus>): void {
  for (const [id, status] of statuses) {
    if (status.kind === 'waiting') statuses.set(id, { kind: 'aborted' });
  }
}

/** For each step the number of steps in the longest chain that waits for it, itself included. */
function chainLengths(steps: readonly ScheduledStep[]): ReadonlyMap<StepId, number> {
  const dependants = new Map<StepId, StepId[]>();
  for (const step of steps) {
    for (const need of step.needs) dependants.set(need, [...(dependants.get(need) ?? []), step.id]);
  }
  const lengths = new Map<StepId, number>();
  const visit = (id: StepId, trail: ReadonlySet<StepId>): number => {
    const known = lengths.get(id);
    if (known !== undefined) return known;
    invariant(!trail.has(id), `the needs of ${id} form a cycle`);
    const next = new Set([...trail, id]);
    const longest = Math.max(0, ...(dependants.get(id) ?? []).map((each) => visit(each, next)));
    lengths.set(id, longest + 1);
    return longest + 1;
  };
  for (const step of steps) visit(step.id, new Set());
  return lengths;
}
