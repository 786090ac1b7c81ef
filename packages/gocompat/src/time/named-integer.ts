import type { GoInt } from '../value/go-int.ts';
import { formatDuration } from './duration.ts';
import { dayNames, monthNames } from './layout.ts';

/** What the String method of an integer's named type gives (`time.Duration`, `time.Month`, `time.Weekday`); none for plain integers. */
export function namedIntegerText(value: GoInt): string | undefined {
  switch (value.kind) {
    case 'duration':
      return formatDuration(value);
    case 'month':
      return monthNames[value.n - 1] ?? `%!Month(${value.n})`;
    case 'weekday':
      return dayNames[value.n] ?? `%!Weekday(${value.n})`;
    default:
      return undefined;
  }
}
