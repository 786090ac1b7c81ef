import { GoError } from '@flotilla/gocompat';

/** What `read` gives, or what `otherwise` makes of its GoError: sprig ignores many errors. */
export function orElse<T>(read: () => T, otherwise: (error: GoError) => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GoError) return otherwise(error);
    throw error;
  }
}

/** What `read` gives, undefined when it throws a GoError. */
export function orUndefined<T>(read: () => T): T | undefined {
  return orElse<T | undefined>(read, () => undefined);
}

/** Puts `complaint` before the message of a GoError that `step` throws. */
export function complaining<T>(complaint: string, step: () => T): T {
  return orElse(step, (error) => {
    throw new GoError(complaint + error.message, { cause: error });
  });
}
