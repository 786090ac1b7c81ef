/**
 * Decoding YAML into Go structs, as sigs.k8s.io/yaml does for Chart.yaml, Chart.lock and manifest heads: keys match
 * without regard to case, numbers and booleans become text where text is wanted, the first misfit is reported.
 */
import { Dict, formatFloat, type GoError, GoInt, parseYaml, sortedKeys } from '@flotilla/gocompat';
import { jsonTypeError } from '../values/json-type.ts';

export type GoTarget =
  | { readonly kind: 'string' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'any' }
  | { readonly kind: 'list'; readonly of: GoTarget; readonly goType: string }
  | { readonly kind: 'stringMap' }
  | GoStructTarget;

export interface GoStructTarget {
  readonly kind: 'struct';
  /** Name in messages: the type without its package, and with it. */
  readonly name: string;
  readonly goType: string;
  readonly fields: ReadonlyMap<string, GoTarget>;
}

/** Decoded fields by JSON name; absent ones are undefined. */
export type DecodedStruct = Readonly<Record<string, unknown>>;

/** The struct in `text`, or undefined for an empty document. Throws YamlError, or GoError for the first value that does not fit. */
export function decodeYamlStruct(text: string, target: GoStructTarget): DecodedStruct | undefined {
  const value = parseYaml(text, { dialect: 'v2', numbers: 'int' });
  return value === null || value === undefined ? undefined : decodeStruct(value, target);
}

/** As {@link decodeYamlStruct}, for a value that has been parsed with integers kept apart. */
export function decodeStruct(value: unknown, target: GoStructTarget): DecodedStruct {
  const decoder = new Decoder();
  const result = decoder.decode(value, target, { fields: [], struct: '' });
  if (decoder.error !== undefined) throw decoder.error;
  return result as DecodedStruct;
}

interface Path {
  readonly fields: readonly string[];
  readonly struct: string;
}

/** Like encoding/json it goes on after a misfit and reports the first one at the end. */
class Decoder {
  error: GoError | undefined;

  decode(value: unknown, target: GoTarget, path: Path): unknown {
    if (value === null) return null;
    switch (target.kind) {
      case 'any':
        return toFloats(value);
      case 'string':
        return this.#string(value, path);
      case 'bool':
        return typeof value === 'boolean' ? value : this.#misfit(value, 'bool', path);
      case 'list':
        return Array.isArray(value)
          ? value.map((item) => this.decode(item, target.of, path))
          : this.#misfit(value, target.goType, path);
      case 'stringMap':
        return this.#stringMap(value, path);
      case 'struct':
        return value instanceof Dict
          ? this.#struct(value, target, path)
          : this.#misfit(value, target.goType, path);
    }
  }

  #string(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return formatFloat(value, 'g', -1, 32);
    if (typeof value === 'boolean' || value instanceof GoInt) return String(value);
    return this.#misfit(value, 'string', path);
  }

  #stringMap(value: unknown, path: Path): unknown {
    if (!(value instanceof Dict)) return this.#misfit(value, 'map[string]string', path);
    const result = new Map<string, string>();
    for (const key of sortedKeys(value)) {
      const text = value[key] === null ? '' : this.#string(value[key], path);
      result.set(key, typeof text === 'string' ? text : '');
    }
    return result;
  }

  #struct(value: Dict, target: GoStructTarget, path: Path): DecodedStruct {
    const result: Record<string, unknown> = {};
    for (const key of sortedKeys(value)) {
      const name = fieldFor(key, target);
      const field = name === undefined ? undefined : target.fields.get(name);
      if (name === undefined || field === undefined || value[key] === null) continue;
      const inner = { fields: [...path.fields, name], struct: target.name };
      result[name] = this.decode(value[key], field, inner);
    }
    return result;
  }

  #misfit(value: unknown, goType: string, path: Path): undefined {
    const field = path.fields.length === 0 ? undefined : `${path.struct}.${path.fields.join('.')}`;
    this.error ??= jsonTypeError(value, goType, field);
    return undefined;
  }
}

function fieldFor(key: string, target: GoStructTarget): string | undefined {
  if (target.fields.has(key)) return key;
  const folded = key.toLowerCase();
  for (const name of target.fields.keys()) if (name.toLowerCase() === folded) return name;
  return undefined;
}

/** Numbers inside `interface {}` are float64. */
function toFloats(value: unknown): unknown {
  if (value instanceof GoInt) return value.n;
  if (Array.isArray(value)) return value.map(toFloats);
  if (!(value instanceof Dict)) return value;
  const result = new Dict();
  for (const key in value) result[key] = toFloats(value[key]);
  return result;
}
