/**
 * What Helm logs while it loads and renders. Comes in: records from any stage, through a sink. Goes out: the lines
 * Helm prints on stderr. Not its business: whether anybody prints them.
 */

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** `slog` lines carry level and attributes, `log` lines only a date and a text. */
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

/** The line Helm prints; `timestamp` (`2006/01/02 15:04:05`) stands in front of plain records. */
export function formatLogRecord(record: LogRecord, timestamp: string): string {
  if (record.style === 'log') return `${timestamp} ${record.message}`;
  const pairs = [['level', record.level], ['msg', record.message], ...record.attributes] as const;
  return pairs.map(([name, value]) => `${name}=${quoteIfNeeded(value)}`).join(' ');
}

/** slog's text handler quotes what has spaces, quotes, `=` or anything unprintable. */
function quoteIfNeeded(value: string): string {
  return value !== '' && /^[^\s"=\p{C}\p{Z}]+$/u.test(value) ? value : JSON.stringify(value);
}
