import { expect, it } from 'vitest';
import { createEmit, createEventStream } from './event-log.ts';

const clock = { now: () => 5, sleep: async () => undefined };

it('numbers events and dates them', () => {
  const seen: unknown[] = [];
  const emit = createEmit(clock, (event) => seen.push(event));
  emit({ type: 'file.started', file: 'a' });
  emit({ type: 'file.finished', file: 'a' });
  expect(seen).toEqual([
    { seq: 1, at: 5, type: 'file.started', file: 'a' },
    { seq: 2, at: 5, type: 'file.finished', file: 'a' },
  ]);
});

it('can be read while it is written, up to its end', async () => {
  const stream = createEventStream();
  const emit = createEmit(clock, stream.push);
  emit({ type: 'file.started', file: 'a' });
  const read: string[] = [];
  const reading = (async () => {
    for await (const event of stream) read.push(event.type);
  })();
  await Promise.resolve();
  emit({ type: 'file.finished', file: 'a' });
  stream.end();
  await reading;
  expect(read).toEqual(['file.started', 'file.finished']);
});
