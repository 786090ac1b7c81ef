import { Buffer } from 'node:buffer';
import { formatTime, GoError, GoTime, utcZone } from '@flotilla/gocompat';
import { element } from './der.ts';

const firstOf1950 = -631_152_000;
const firstOf2050 = 2_524_608_000;
const firstOf10000 = 253_402_300_800;
const firstOf0 = -62_167_219_200;

/** UTCTime from 1950 to 2049, GeneralizedTime before and after. Throws GoError for years that have no four digits. */
export function encodeTime(unixSeconds: number): Uint8Array {
  if (unixSeconds < firstOf0 || unixSeconds >= firstOf10000) {
    throw new GoError('asn1: structure error: cannot represent time as GeneralizedTime');
  }
  const time = new GoTime(unixSeconds, 0, utcZone);
  const isUtcTime = unixSeconds >= firstOf1950 && unixSeconds < firstOf2050;
  const text = formatTime(time, isUtcTime ? '060102150405Z' : '20060102150405Z');
  return element(isUtcTime ? 0x17 : 0x18, Buffer.from(text, 'latin1'));
}
