/**
 * Reading TOML (Helm's `fromToml`): text in, a Go map out. Integers are int64, floats float64, dates and times GoTime.
 * The grammar is smol-toml's; its errors carry the line as BurntSushi/toml prints it, with their own words.
 */
import { parse, TomlDate, TomlError } from 'smol-toml';
import { quote } from '../strconv/quote.ts';
import { Dict } from '../value/dict.ts';
import { type GoInt, int64 } from '../value/go-int.ts';
import { GoError } from '../value/go-struct.ts';
import { readTomlTime } from './toml-time.ts';

/** The table that `text` describes. Throws GoError (`toml: line 1: …`). */
export function parseToml(text: string): Dict {
  return new Converter(text).toDict(parseText(text), []);
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

/** What smol-toml gives as Go values; `path` is the key that leads there. */
class Converter {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toDict(table: object, path: readonly string[]): Dict {
    const result = new Dict();
    for (const [key, value] of Object.entries(table)) result[key] = this.toGo(value, [...path, key]);
    return result;
  }

  private toGo(value: unknown, path: readonly string[]): unknown {
    if (typeof value === 'bigint') return this.toInteger(value, path);
    if (Array.isArray(value)) return value.map((item) => this.toGo(item, path));
    if (value instanceof TomlDate) return readTomlTime(value.toISOString());
    return typeof value === 'object' && value !== null ? this.toDict(value, path) : value;
  }

  private toInteger(value: bigint, path: readonly string[]): GoInt {
    if (value === BigInt.asIntN(64, value)) return int64(value);
    const at = this.text.indexOf(String(value));
    const line = at < 0 ? 1 : this.text.slice(0, at).split('\n').length;
    const key = quote(path.join('.'));
    throw new GoError(`toml: line ${line} (last key ${key}): ${value} is out of range for int64`);
  }
}
