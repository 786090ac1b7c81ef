/** Shares one piece of work under a key; a failure is forgotten, so that it can be tried again. */
export function once<T>(memo: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const running = work().catch((error: unknown) => {
    memo.delete(key);
    throw error;
  });
  memo.set(key, running);
  return running;
}
