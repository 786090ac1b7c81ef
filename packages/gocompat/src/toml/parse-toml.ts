/**
 * Reading TOML (Helm's `fromToml`): text in, a Go map out. Integers are int64, floats float64, dates and times GoTime.
 * The grammar is smol-toml's; its errors carry the line as BurntSushi/toml prints it, with their own words.
 */
import { parse, TomlDate, TomlError } from 'smol-toml';
import { Dict } from '../value/dict.ts';
import { int64 } from '../value/go-int.ts';
import { GoError } from '../value/go-struct.ts';
import { readTomlTime } from './toml-time.ts';

/** The table that `text` describes. Throws GoError (`toml: line 1: …`). */
export function parseToml(text: string): Dict {
  return toDict(parseText(text));
}

function parseText(text: string): object {
  try {
    return parse(text, { integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '');
    throw new GoError(`toml: line ${error.line}: ${reason}`);
  }
}

function toDict(table: object): Dict {
  const result = new Dict();
  for (const [key, value] of Object.entries(table)) result[key] = toGo(value);
  return result;
}

function toGo(value: unknown): unknown {
  if (typeof value === 'bigint') return int64(value);
  if (Array.isArray(value)) return value.map(toGo);
  if (value instanceof TomlDate) return readTomlTime(value.toISOString());
  return typeof value === 'object' && value !== null ? toDict(value) : value;
}
