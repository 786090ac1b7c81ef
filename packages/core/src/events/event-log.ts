import type { Clock } from '../ports/clock.ts';
import type { Emit, FlotillaEvent } from './events.ts';

export type EventSink = (event: FlotillaEvent) => void;

/** Numbers and dates events and hands them to a sink in the order they are emitted. */
export function createEmit(clock: Clock, sink: EventSink): Emit {
  let seq = 0;
  return (body) => {
    seq += 1;
    sink({ seq, at: clock.now(), ...body });
  };
}

export interface EventStream extends AsyncIterable<FlotillaEvent> {
  readonly push: EventSink;
  /** Ends the iteration once everything pushed has been read. */
  readonly end: () => void;
}

/** A sink that can be read with `for await`. Events wait without bound for a slow reader; there is one reader. */
export function createEventStream(): EventStream {
  const waiting: FlotillaEvent[] = [];
  let isEnded = false;
  let wake: () => void = () => undefined;
  async function* read(): AsyncGenerator<FlotillaEvent> {
    for (;;) {
      const event = waiting.shift();
      if (event !== undefined) yield event;
      else if (isEnded) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }
  return {
    push: (event) => {
      waiting.push(event);
      wake();
    },
    end: () => {
      isEnded = true;
      wake();
    },
    [Symbol.asyncIterator]: read,
  };
}
