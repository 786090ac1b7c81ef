/**
 * sprig's dates by layout and zone. Comes in: Go layouts, IANA zone names, times; the local zone comes from the host.
 * A date that is neither a time nor a whole number of seconds means now, as in sprig.
 */
import {
  formatTime,
  GoTime,
  type GoZone,
  loadZone,
  orUndefined,
  parseTime,
  utcZone,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import type { TemplateHost } from '../host.ts';
import { timeOf } from './clock.ts';

const htmlLayout = '2006-01-02';
const zeroSeconds = -62_135_596_800;

function zoneNamed(host: TemplateHost, name: string): GoZone {
  if (name === 'Local') return host.localZone();
  return orUndefined(() => loadZone(name)) ?? utcZone;
}

interface DateRequest {
  readonly layout: string;
  readonly value: unknown;
  readonly zone: string;
}

function formatDate(host: TemplateHost, { layout, value, zone }: DateRequest): string {
  const time = timeOf(host, value, ['int', 'int64', 'int32']);
  return formatTime(new GoTime(time.seconds, time.nanoseconds, zoneNamed(host, zone)), layout);
}

/** sprig's date functions. */
export function dateFunctions(host: TemplateHost): Readonly<Record<string, FunctionSpec>> {
  const inZone = goFunction(['string', 'any', 'string'], (layout, value, zone) =>
    formatDate(host, { layout, value, zone }),
  );
  const parse = (layout: string, text: string): GoTime => parseTime(layout, text, host.localZone());
  return {
    date: goFunction(['string', 'any'], (layout, value) =>
      formatDate(host, { layout, value, zone: 'Local' }),
    ),
    dateInZone: inZone,
    date_in_zone: inZone,
    htmlDate: goFunction(['any'], (value) => formatDate(host, { layout: htmlLayout, value, zone: 'Local' })),
    htmlDateInZone: goFunction(['any', 'string'], (value, zone) =>
      formatDate(host, { layout: htmlLayout, value, zone }),
    ),
    toDate: goFunction(
      ['string', 'string'],
      (layout, text) => orUndefined(() => parse(layout, text)) ?? new GoTime(zeroSeconds, 0, utcZone),
    ),
    mustToDate: goFunction(['string', 'string'], parse),
  };
}
