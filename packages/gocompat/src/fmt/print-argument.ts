/**
 * One operand under one verb, as fmt prints it: composites element by element, wrong verbs as `%!d(string=x)`.
 * Comes in: a value, a verb, flags; goes out: text.
 */

import { decodeBytes } from '../text.ts';
import { formatTimeSyntax, formatTimeValue } from '../time/format-time.ts';
import { namedIntegerText } from '../time/named-integer.ts';
import { Dict, isNilMap, TypedMap } from '../value/dict.ts';
import { GoInt, goInt, int64, namedTypeOf, uint64 } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { GoTime } from '../value/go-time.ts';
import { typeOf } from '../value/kind.ts';
import { sortedKeys } from '../value/order.ts';
import { isNilSlice, sliceType } from '../value/slice.ts';
import { type Flags, pad } from './flags.ts';
import { formatFloatVerb } from './float-verbs.ts';
import { formatIntegerVerb } from './integer-verbs.ts';
import { formatHex, formatStringVerb } from './string-verbs.ts';

/** Where every pointer, map and slice of ours lives; Go's addresses differ on each run. */
const address = uint64(0xc000010000);

/** An operand at the top level of a format. */
export function printArgument(value: unknown, verb: string, flags: Flags): string {
  if (value === null || value === undefined) {
    return verb === 'T' || verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  }
  if (verb === 'T') return formatStringVerb(typeOf(value), 's', flags) ?? '';
  if (verb === 'p') return printPointer(value, flags);
  return printValue(value, verb, flags, 0);
}

function printPointer(value: unknown, flags: Flags): string {
  const isReference =
    (typeof value === 'object' && !(value instanceof GoInt) && !(value instanceof GoTime)) ||
    typeof value === 'function';
  if (!isReference || (value instanceof GoStruct && !value.isPointer)) return badVerb(value, 'p', flags);
  return printAddress(Array.isArray(value) && isNilSlice(value) ? uint64(0) : address, 'p', flags);
}

function printAddress(at: GoInt, verb: string, flags: Flags): string {
  const isPlain = verb === 'v' || verb === 'p';
  const shown = isPlain ? { ...flags, sharp: !flags.sharp } : flags;
  return formatIntegerVerb(at, isPlain ? 'x' : verb, shown) ?? '';
}

function badVerb(value: unknown, verb: string, flags: Flags): string {
  return `%!${verb}(${typeOf(value)}=${printValue(value, 'v', { ...flags, isBad: true }, 0)})`;
}

function printValue(value: unknown, verb: string, flags: Flags, depth: number): string {
  switch (typeof value) {
    case 'string':
      return formatStringVerb(value, verb, flags) ?? badVerb(value, verb, flags);
    case 'number':
      return formatFloatVerb(value, verb, flags) ?? badVerb(value, verb, flags);
    case 'boolean':
      return verb === 't' || verb === 'v' ? pad(String(value), flags) : badVerb(value, verb, flags);
    case 'undefined':
      return nilElement(flags);
    case 'object':
      return value === null ? nilElement(flags) : printObject(value, verb, flags, depth);
    default:
      return printAddress(address, verb, flags);
  }
}

/** A nil interface inside a list, map or struct. */
function nilElement(flags: Flags): string {
  return flags.sharpV ? 'interface {}(nil)' : '<nil>';
}

function printObject(value: object, verb: string, flags: Flags, depth: number): string {
  if (value instanceof GoInt && namedTypeOf(value.kind) === undefined) {
    return formatIntegerVerb(value, verb, flags) ?? badVerb(value, verb, flags);
  }
  if (value instanceof Uint8Array) return printBytes(value, verb, flags, depth);
  const text = flags.isBad ? undefined : printByMethod(value, verb, flags);
  if (text !== undefined) return text;
  if (value instanceof GoInt) {
    const plain = goInt(namedTypeOf(value.kind)?.kind ?? value.kind, value.toBigInt());
    return formatIntegerVerb(plain, verb, flags) ?? badVerb(value, verb, flags);
  }
  if (Array.isArray(value)) return printItems(value, verb, flags, depth);
  if (value instanceof Dict) return printMap(value, (key) => value[key], verb, flags);
  if (value instanceof TypedMap && flags.sharpV && isNilMap(value)) return `${value.goType}(nil)`;
  if (value instanceof TypedMap) return printMap(value, (key) => value.entries.get(key), verb, flags);
  return printStructure(value, verb, flags, depth);
}

/** What Error, String and GoString methods print; they serve only verbs that take strings. */
function printByMethod(value: object, verb: string, flags: Flags): string | undefined {
  if (verb === 'w') return badVerb(value, verb, flags);
  if (flags.sharpV) {
    return value instanceof GoTime ? formatStringVerb(formatTimeSyntax(value), 's', flags) : undefined;
  }
  if (!'vsxXq'.includes(verb)) return undefined;
  const text = methodText(value);
  return text === undefined ? undefined : formatStringVerb(text, verb, flags);
}

function methodText(value: object): string | undefined {
  if (value instanceof GoInt) return namedIntegerText(value);
  if (value instanceof GoTime) return formatTimeValue(value);
  if (value instanceof GoError) return value.message;
  return value instanceof GoStruct ? value.text?.() : undefined;
}

function printBytes(bytes: Uint8Array, verb: string, flags: Flags, depth: number): string {
  if (verb === 's' || verb === 'q') return formatStringVerb(decodeBytes(bytes), verb, flags) ?? '';
  if (verb === 'x' || verb === 'X') return formatHex(bytes, verb, flags);
  if (verb === 'w' && depth > 0) return badVerb(bytes, verb, flags);
  const items = Array.from(bytes, (byte) => printValue(goInt('uint8', byte), verb, flags, depth + 1));
  if (!flags.sharpV) return `[${items.join(' ')}]`;
  return `${depth === 0 ? '[]byte' : '[]uint8'}{${items.join(', ')}}`;
}

function printItems(items: readonly unknown[], verb: string, flags: Flags, depth: number): string {
  if (!flags.sharpV) return `[${items.map((item) => printValue(item, verb, flags, depth + 1)).join(' ')}]`;
  if (isNilSlice(items)) return `${sliceType(items)}(nil)`;
  return `${sliceType(items)}{${items.map((item) => printValue(item, verb, flags, depth + 1)).join(', ')}}`;
}

function printMap(map: Dict | TypedMap, get: (key: string) => unknown, verb: string, flags: Flags): string {
  const entries = sortedKeys(map).map(
    (key) => `${printValue(key, verb, flags, 1)}:${printValue(get(key), verb, flags, 1)}`,
  );
  return flags.sharpV ? `${typeOf(map)}{${entries.join(', ')}}` : `map[${entries.join(' ')}]`;
}

function printStructure(value: object, verb: string, flags: Flags, depth: number): string {
  if (value instanceof GoTime) return printFields('time.Time', timeFields(value), verb, flags);
  if (value instanceof NilPointer) return printNilPointer(value, verb, flags);
  if (value instanceof GoStruct && !value.isPointer) {
    return printFields(value.goType, value.fields, verb, flags);
  }
  if (depth > 0) return printNestedPointer(value, verb, flags);
  if (value instanceof GoStruct) return `&${printFields(value.goType, value.fields, verb, flags)}`;
  const message = value instanceof GoError ? value.message : '';
  return `&${printFields('errors.errorString', new Map([['s', message]]), verb, flags)}`;
}

/** Pointers below the top level print their address under verbs for integers. */
function printNestedPointer(value: object, verb: string, flags: Flags): string {
  if (!'vbodxX'.includes(verb)) return badVerb(value, verb, flags);
  const at = printAddress(address, verb, flags);
  return flags.sharpV ? `(${typeOf(value)})(${at})` : at;
}

/** A nil pointer in a struct, such as the zone of a time in UTC. */
class NilPointer {
  readonly goType: string;

  constructor(goType: string) {
    this.goType = goType;
  }
}

function printNilPointer(pointer: NilPointer, verb: string, flags: Flags): string {
  if (verb === 'v') return flags.sharpV ? `(${pointer.goType})(nil)` : pad('<nil>', flags);
  if (!'bodxX'.includes(verb)) return `%!${verb}(${pointer.goType}=${pad('<nil>', flags)})`;
  return printAddress(uint64(0), verb, flags);
}

/** The fields Go's time holds: what verbs that know no times run over. */
function timeFields(time: GoTime): ReadonlyMap<string, unknown> {
  const location = { goType: 'time.Location', isPointer: true, fields: new Map(), methods: new Map() };
  return new Map<string, unknown>([
    ['wall', uint64(time.nanoseconds)],
    ['ext', int64(time.seconds + 62_135_596_800)],
    ['loc', time.zone.name === 'UTC' ? new NilPointer('*time.Location') : new GoStruct(location)],
  ]);
}

function printFields(
  goType: string,
  fields: ReadonlyMap<string, unknown>,
  verb: string,
  flags: Flags,
): string {
  const named = flags.plusV || flags.sharpV;
  const parts = Array.from(fields, ([name, field]) => {
    const text = printValue(field, verb, flags, 1);
    return named ? `${name}:${text}` : text;
  });
  return flags.sharpV ? `${goType}{${parts.join(', ')}}` : `{${parts.join(' ')}}`;
}
