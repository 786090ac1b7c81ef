import {
  advance,
  createSchedule,
  type ScheduledStep,
  type ScheduleInput,
  type ScheduleOptions,
  type ScheduleState,
  type StepId,
  type StepResult,
  type StepStatus,
} from './schedule.ts';

export interface ScheduleRun {
  readonly steps: readonly ScheduledStep[];
  readonly options: ScheduleOptions;
  /** Does one step. May not reject: what does is a bug, stops the run and is thrown once all running steps have ended. */
  readonly runStep: (id: StepId) => Promise<StepResult>;
  /** Called for each step that will not run any more, as soon as that is known. */
  readonly onGivenUp?: (id: StepId, status: StepStatus) => void;
  readonly signal: AbortSignal;
}

/** Runs every step the schedule lets start; settles when nothing runs any more. */
export async function runSchedule(run: ScheduleRun): Promise<ReadonlyMap<StepId, StepStatus>> {
  return await new ScheduleShell(run).run();
}

class ScheduleShell {
  readonly #run: ScheduleRun;
  readonly #running = new Set<Promise<void>>();
  #state: ScheduleState;
  #bug: { readonly error: unknown } | undefined;

  constructor(run: ScheduleRun) {
    this.#run = run;
    this.#state = createSchedule(run.steps, run.options);
  }

  async run(): Promise<ReadonlyMap<StepId, StepStatus>> {
    const { signal } = this.#run;
    const interrupt = (): void => this.#take({ kind: 'interrupted' });
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      this.#take({ kind: signal.aborted ? 'interrupted' : 'begin' });
      while (this.#running.size > 0) await Promise.all(this.#running);
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
    if (this.#bug !== undefined) throw this.#bug.error;
    return this.#state.statuses;
  }

  #take(input: ScheduleInput): void {
    const before = this.#state.statuses;
    const { state, start } = advance(this.#state, input);
    this.#state = state;
    for (const [id, status] of state.statuses) {
      const isGivenUp = status.kind === 'blocked' || status.kind === 'aborted';
      if (isGivenUp && before.get(id)?.kind === 'waiting') this.#run.onGivenUp?.(id, status);
    }
    for (const id of start) this.#start(id);
  }

  #start(id: StepId): void {
    const running = this.#run
      .runStep(id)
      .catch((error: unknown): StepResult => {
        this.#bug ??= { error };
        return 'failed';
      })
      .then((step) => {
        this.#running.delete(running);
        if (this.#bug !== undefined) this.#take({ kind: 'interrupted' });
        this.#take({ kind: 'finished', step: id, result: step });
      });
    this.#running.add(running);
  }
}
