import { GoError } from './go-struct.ts';

/** What Go does with an `err` that it was returned, for functions that throw GoError. Every other error passes. */

/** What `read` gives, or what `otherwise` makes of its GoError. */
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

/** What `step` gives; a GoError that it throws gets `prefix` before its message. */
export function wrapping<T>(prefix: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw wrapGoError(prefix, error);
  }
}

/** A caught error with `prefix` before its message, as `fmt.Errorf("prefix%w", err)`; one that is no GoError as it is. */
export function wrapGoError(prefix: string, error: unknown): unknown {
  return error instanceof GoError ? new GoError(prefix + error.message, { cause: error }) : error;
}
