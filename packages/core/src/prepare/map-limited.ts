/** Calls that only read, at the same time, when nothing is said: enough to keep a machine busy. */
const defaultReads = 16;

/** The limit of calls that only read. */
export function readLimit({ concurrency = 0 }: { readonly concurrency?: number }): number {
  return concurrency > 0 ? concurrency : defaultReads;
}

/** Maps with at most `limit` calls at a time (0 sets no limit), results in the order of the items. The first rejection wins, after all calls ended. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as T);
    }
  };
  const count = limit > 0 ? Math.min(limit, items.length) : items.length;
  const workers = Array.from({ length: count }, worker);
  try {
    await Promise.all(workers);
  } finally {
    await Promise.allSettled(workers);
  }
  return results;
}
