import { type Diagnosed, type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';
import { Dict, int64 } from '@flotilla/gocompat';

/**
 * `--state-values-set` and `--state-values-set-string` as one map each (Helmfile 1.8.0). The options of one kind are applied
 * in order; missing array slots become null. Where Helmfile panics (no `=`, a child of a scalar) this reports an error, and
 * growing an array through a nested path keeps the new element.
 */
export function parseSetValues(options: readonly string[], kind: 'typed' | 'string'): Diagnosed<Dict> {
  const result = new Dict();
  const diagnostics: Diagnostic[] = [];
  const readValue = kind === 'typed' ? typedValue : (text: string) => text;
  for (const [key, text] of options.flatMap(kind === 'typed' ? typedPairs : stringPairs)) {
    const problem = text === undefined ? 'has no "="' : setAt(result, splitKey(key), readValue(text));
    if (problem !== undefined) diagnostics.push(badValue(kind, key, problem));
  }
  return { value: result, diagnostics };
}

function badValue(kind: 'typed' | 'string', key: string, problem: string): Diagnostic {
  const flag = kind === 'typed' ? '--state-values-set' : '--state-values-set-string';
  return errorDiagnostic('cli/bad-value', `${flag}: "${key}" ${problem}`, {
    hint: `write ${flag} path.to[0].key=value`,
  });
}

type Pair = readonly [key: string, value: string | undefined];

/** Every comma separates, whatever surrounds it. */
function typedPairs(option: string): readonly Pair[] {
  return option.split(',').map((chunk) => {
    const at = chunk.indexOf('=');
    return at === -1 ? [chunk, undefined] : [chunk.slice(0, at), chunk.slice(at + 1)];
  });
}

/** Quoted values may hold commas; the quotes stay. Empty values are not seen. */
function stringPairs(option: string): readonly Pair[] {
  const pattern = /(?:,|^)([^\s=]+)=(['"][^'"]*['"]|[^,]+)/g;
  return [...option.matchAll(pattern)].map((match) => [match[1] ?? '', match[2]]);
}

/** Splits at dots; a backslash takes the meaning from the character after it. */
function splitKey(key: string): readonly string[] {
  const segments: string[] = [];
  let segment = '';
  let isEscaped = false;
  for (const character of key) {
    if (!isEscaped && character === '\\') {
      isEscaped = true;
      continue;
    }
    if (character === '.' && !isEscaped) {
      segments.push(segment);
      segment = '';
    } else {
      segment += character;
    }
    isEscaped = false;
  }
  if (segment !== '') segments.push(segment);
  return segments;
}

function typedValue(text: string): unknown {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  if (lower === 'false') return false;
  if (lower === 'null') return null;
  if (text === '0') return int64(0);
  if (!/^[+-]?\d+$/.test(text) || text.startsWith('0')) return text;
  const exact = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, exact) === exact ? int64(exact) : text;
}

interface Segment {
  readonly key: string;
  readonly index: number | undefined;
}

/** `k[2]` is element 2 of `k`; a second index in the same segment is ignored. */
function parseSegment(text: string): Segment {
  const spaced = text.replace(/[[\]]/g, ' ');
  const match = /^\s*(\S+) +(\d+)/.exec(spaced);
  if (match === null) return { key: spaced, index: undefined };
  return { key: match[1] ?? '', index: Number(match[2]) };
}

function setAt(root: Dict, path: readonly string[], value: unknown): string | undefined {
  const segments = path.map(parseSegment);
  const last = segments.pop();
  if (last === undefined) return 'has no key';
  let map = root;
  for (const segment of segments) {
    const child = childMap(map, segment);
    if (!(child instanceof Dict)) return `goes through "${segment.key}", which is not a map`;
    map = child;
  }
  if (last.index === undefined) {
    map[last.key] = value;
    return undefined;
  }
  const list = listAt(map, { key: last.key, index: last.index });
  if (list === undefined) return `goes through "${last.key}", which is not a list`;
  list[last.index] = value;
  return undefined;
}

function childMap(map: Dict, segment: Segment): unknown {
  const { key, index } = segment;
  if (index === undefined) {
    map[key] ??= new Dict();
    return map[key];
  }
  const list = listAt(map, { key, index });
  if (list === undefined) return undefined;
  list[index] ??= new Dict();
  return list[index];
}

/** The list under a key, filled with nulls up to the index. */
function listAt(
  map: Dict,
  { key, index }: { readonly key: string; readonly index: number },
): unknown[] | undefined {
  map[key] ??= [];
  const list = map[key];
  if (!Array.isArray(list)) return undefined;
  while (list.length <= index) list.push(null);
  return list;
}
