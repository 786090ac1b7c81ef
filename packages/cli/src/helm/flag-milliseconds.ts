import { parseDuration } from '@flotilla/gocompat';
import type { FlagValues } from '../flags/flag-values.ts';

/** The milliseconds a flag of kind `duration` holds. */
export function flagMilliseconds(flags: FlagValues, name: string): number {
  return Number(parseDuration(flags.string(name)).toBigInt() / 1_000_000n);
}
