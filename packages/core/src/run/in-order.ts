/**
 * Works on items at the same time, at most `limit` of them (0 sets no limit), and hands the results on one by one in the order of
 * the items, each as soon as it and all before it are there. Stops starting work once `take` says so.
 */
export async function inOrder<T, R>(
  items: readonly T[],
  options: { readonly limit: number; readonly work: (item: T) => Promise<R> },
  take: (item: T, result: R) => Promise<'continue' | 'stop'>,
): Promise<void> {
  const width = options.limit > 0 ? options.limit : items.length;
  const running: Promise<R>[] = [];
  const start = (): void => {
    const item = items[running.length];
    if (item === undefined) return;
    const work = options.work(item);
    // Looked at in turn below; until then a rejection must not count as unhandled.
    work.catch(() => undefined);
    running.push(work);
  };
  while (running.length < Math.min(width, items.length)) start();
  try {
    for (let index = 0; index < items.length; index += 1) {
      const result = await running[index];
      if ((await take(items[index] as T, result as R)) === 'stop') break;
      start();
    }
  } finally {
    await Promise.allSettled(running);
  }
}
