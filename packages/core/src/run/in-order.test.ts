import { describe, expect, it } from 'vitest';
import { mapLimited } from '../prepare/map-limited.ts';
import { inOrder } from './in-order.ts';

/** Work that ends when told to. */
function manual() {
  const started: number[] = [];
  const ends = new Map<number, (result: string) => void>();
  const work = (item: number): Promise<string> => {
    started.push(item);
    return new Promise((resolve) => {
      ends.set(item, resolve);
    });
  };
  const end = (item: number): void => ends.get(item)?.(`result ${item}`);
  return { started, work, end };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('work in order', () => {
  it('overlaps, but hands results on in the order of the items', async () => {
    const { started, work, end } = manual();
    const taken: string[] = [];
    const done = inOrder([1, 2, 3], { limit: 2, work }, async (_, result) => {
      taken.push(result);
      return 'continue';
    });
    expect(started).toEqual([1, 2]);
    end(2);
    await turns();
    expect(taken).toEqual([]);
    end(1);
    await turns();
    expect(taken).toEqual(['result 1', 'result 2']);
    expect(started).toEqual([1, 2, 3]);
    end(3);
    await done;
    expect(taken).toEqual(['result 1', 'result 2', 'result 3']);
  });

  it('starts nothing more after a stop, and waits for what runs', async () => {
    const { started, work, end } = manual();
    let isDone = false;
    const done = inOrder([1, 2, 3], { limit: 2, work }, async () => 'stop').then(() => {
      isDone = true;
    });
    end(1);
    await turns();
    expect(isDone).toBe(false);
    end(2);
    await done;
    expect(started).toEqual([1, 2]);
  });
});

describe('limited mapping', () => {
  it('keeps the order of the items and the limit', async () => {
    let running = 0;
    let most = 0;
    const results = await mapLimited([3, 1, 2], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await turns();
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([30, 10, 20]);
    expect(most).toBe(2);
    expect(await mapLimited([], 0, async () => 1)).toEqual([]);
  });
});
