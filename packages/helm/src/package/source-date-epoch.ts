import { GoError, parseInteger, wrapGoError } from '@flotilla/gocompat';

/** `SOURCE_DATE_EPOCH` in seconds; undefined when unset or empty. Throws GoError with Helm 4.3.1's text. */
export function sourceDateEpoch(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  let seconds: number;
  try {
    seconds = parseInteger(text, 10, 64).n;
  } catch (error) {
    throw wrapGoError('invalid SOURCE_DATE_EPOCH: ', error);
  }
  if (seconds < 0) throw new GoError('invalid SOURCE_DATE_EPOCH: must not be negative');
  return seconds;
}
