/**
 * What Helm logs while it loads and renders. Comes in: records from any stage, through a sink. Goes out: the lines
 * Helm prints on stderr. Not its business: whether anybody prints them.
 */
import { quote } from '@flotilla/gocompat';

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** `slog` records carry level and attributes, `log` records only a text. */
export type LogRecord =
  | {
      readonly style: 'slog';
      readonly level: LogLevel;
      readonly message: string;
      readonly attributes: readonly (readonly [name: string, value: string])[];
    }
  | { readonly style: 'log'; readonly message: string };

export type LogSink = (record: LogRecord) => void;

/** A sink that forgets everything. */
export const discardLog: LogSink = () => {};

/** A structured record, as Helm 4 writes most of them. */
export function slogRecord(
  level: LogLevel,
  message: string,
  attributes: readonly (readonly [string, string])[] = [],
): LogRecord {
  return { style: 'slog', level, message, attributes };
}

/** A record of Go's plain `log` package. */
export function logRecord(message: string): LogRecord {
  return { style: 'log', message };
}

/** The line Helm 4.3.1 prints: its structured logger takes what the plain one is given, as `INFO`. */
export function formatLogRecord(record: LogRecord): string {
  const { level, attributes } = record.style === 'slog' ? record : { level: 'INFO', attributes: [] };
  const pairs = [['level', level], ['msg', record.message], ...attributes] as const;
  return pairs.map(([name, value]) => `${name}=${quoteIfNeeded(value)}`).join(' ');
}

/** slog's text handler quotes what has spaces, quotes, `=` or anything unprintable. */
function quoteIfNeeded(value: string): string {
  return value !== '' && /^[^\s"=\p{C}\p{Z}]+$/u.test(value) ? value : quote(value);
}
