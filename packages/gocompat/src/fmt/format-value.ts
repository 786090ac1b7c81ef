/**
 * Go's default printing: `%v`, `fmt.Sprint`, and what a bare template action shows. Comes in: Go values; goes out:
 * text. Verbs, flags and widths are in sprintf.ts.
 */
import { formatShortestFloat } from '../strconv/format-float.ts';
import { formatTimeValue } from '../time/format-time.ts';
import { namedIntegerText } from '../time/named-integer.ts';
import { Dict, TypedMap } from '../value/dict.ts';
import { GoInt } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { GoTime } from '../value/go-time.ts';
import { sortedKeys } from '../value/order.ts';

/** Go prints an address here; ours is the same on every run. */
export const pointerText = '0xc000010000';

/** A value as `%v` prints it; nil is `<nil>`, a pointer to a struct `&{…}`. */
export function formatValue(value: unknown): string {
  return format(value, true);
}

/** What `{{ value }}` prints in a template: nil is `<no value>`, a pointer to a struct loses its `&`. */
export function formatAction(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '<no value>';
  if (value instanceof GoStruct && value.text === undefined) return formatFields(value);
  return format(value, true);
}

function format(value: unknown, isTop: boolean): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return formatShortestFloat(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? '<nil>' : formatObject(value, isTop);
    case 'undefined':
      return '<nil>';
    default:
      return pointerText;
  }
}

function formatObject(value: object, isTop: boolean): string {
  if (value instanceof GoInt) return namedIntegerText(value) ?? value.toString();
  if (value instanceof Dict) return formatDict(value);
  if (Array.isArray(value)) return formatItems(value);
  if (value instanceof TypedMap) return formatTypedMap(value);
  if (value instanceof Uint8Array) return `[${value.join(' ')}]`;
  if (value instanceof GoTime) return formatTimeValue(value);
  if (value instanceof GoStruct) return formatStruct(value, isTop);
  return value instanceof GoError ? value.message : pointerText;
}

function formatItems(items: readonly unknown[]): string {
  let text = '[';
  for (let i = 0; i < items.length; i += 1) text += (i === 0 ? '' : ' ') + format(items[i], false);
  return `${text}]`;
}

function formatDict(map: Dict): string {
  let text = 'map[';
  let separator = '';
  for (const key of sortedKeys(map)) {
    text += `${separator}${key}:${format(map[key], false)}`;
    separator = ' ';
  }
  return `${text}]`;
}

function formatTypedMap(map: TypedMap): string {
  const entries = sortedKeys(map).map((key) => `${key}:${format(map.entries.get(key), false)}`);
  return `map[${entries.join(' ')}]`;
}

function formatStruct(value: GoStruct, isTop: boolean): string {
  if (value.text !== undefined) return value.text();
  if (!value.isPointer) return formatFields(value);
  return isTop ? `&${formatFields(value)}` : pointerText;
}

function formatFields(value: GoStruct): string {
  return `{${Array.from(value.fields.values(), (field) => format(field, false)).join(' ')}}`;
}
