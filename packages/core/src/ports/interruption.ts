/**
 * Interruption: how a stop request travels. The first interrupt aborts the signal with a GracefulStop as its reason: start
 * nothing new, let running work end. The reason carries a second signal, which aborts when the second interrupt asks to kill.
 */

/** Abort reason of a polite stop. */
export class GracefulStop extends Error {
  /** Aborts when waiting is over and running work has to be killed. */
  readonly forced: AbortSignal;

  constructor(forced: AbortSignal) {
    super('interrupted');
    this.name = 'GracefulStop';
    this.forced = forced;
  }
}

export type InterruptStage = 'graceful' | 'forced';

export interface Interruption {
  readonly signal: AbortSignal;
  /** First call: graceful. Every later one: forced. */
  readonly interrupt: () => InterruptStage;
}

/** An interruption nobody has asked for yet. */
export function createInterruption(): Interruption {
  const graceful = new AbortController();
  const forced = new AbortController();
  return {
    signal: graceful.signal,
    interrupt: () => {
      if (!graceful.signal.aborted) {
        graceful.abort(new GracefulStop(forced.signal));
        return 'graceful';
      }
      forced.abort(new Error('killed'));
      return 'forced';
    },
  };
}

/** How an aborted signal wants work to end; undefined while it is not aborted. */
export function interruptStage(signal: AbortSignal): InterruptStage | undefined {
  if (!signal.aborted) return undefined;
  const reason: unknown = signal.reason;
  if (reason instanceof GracefulStop) return reason.forced.aborted ? 'forced' : 'graceful';
  return reason === 'graceful' ? 'graceful' : 'forced';
}
