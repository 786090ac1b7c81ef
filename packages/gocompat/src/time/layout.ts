/**
 * Go's reference-time layouts. Comes in: a layout such as `2006-01-02 15:04`; goes out: its elements with the literal
 * text before each, cached. Which digits and letters are elements is decided left to right, longest first.
 */

export interface LayoutElement {
  /** Literal text before the element. */
  readonly prefix: string;
  /** The element as written, `2006` or `.000`; empty at the end of the layout. */
  readonly element: string;
}

const elements =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|3|4|5|PM|pm|-070000|-07:00:00|-0700|-07:00|-07|Z070000|Z07:00:00|Z0700|Z07:00|Z07|[.,](?:0+|9+)(?![0-9])/g;

const cache = new Map<string, readonly LayoutElement[]>();
const cacheLimit = 500;

/** The elements of `layout`; the last one is empty and carries the trailing literal. */
export function parseLayout(layout: string): readonly LayoutElement[] {
  const known = cache.get(layout);
  if (known !== undefined) return known;
  const parsed: LayoutElement[] = [];
  let from = 0;
  for (const match of layout.matchAll(elements)) {
    parsed.push({ prefix: layout.slice(from, match.index), element: match[0] });
    from = match.index + match[0].length;
  }
  parsed.push({ prefix: layout.slice(from), element: '' });
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(layout, parsed);
  return parsed;
}

/** True for `.000`, `,999` and the like. */
export function isFraction(element: string): boolean {
  return element.startsWith('.') || element.startsWith(',');
}

export const monthNames: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const dayNames: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];
