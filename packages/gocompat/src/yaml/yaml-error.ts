import { GoError } from '../value/go-struct.ts';

/** Which Go library reads: `v2` is sigs.k8s.io/yaml over go-yaml v2, `v3` is go-yaml v3. */
export type YamlDialect = 'v2' | 'v3';

/** Where a problem is: `offset` counts UTF-16 units, `line` and `column` count from 1. */
export interface YamlPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/**
 * A YAML text that Go refuses. `message` is Go's error text; the place is where the problem really is
 * (Go's own line, where it prints one, is often one early and has no column).
 */
export class YamlError extends GoError implements YamlPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: YamlPlace) {
    super(message);
    this.offset = place.offset;
    this.line = place.line;
    this.column = place.column;
  }

  /** The same error as a caller one level up words it: sigs.k8s.io/yaml prefixes go-yaml's text. */
  withPrefix(prefix: string): YamlError {
    return new YamlError(prefix + this.message, this);
  }
}

/** Line and column of `offset` in `text`; breaks are LF, CR, CRLF, NEL, LS and PS as in YAML 1.1. */
export function placeAt(text: string, offset: number): YamlPlace {
  const at = Math.min(offset, text.length);
  let line = 1;
  let lineStart = 0;
  for (const found of text.slice(0, at).matchAll(/\r\n?|[\n\u0085\u2028\u2029]/g)) {
    line++;
    lineStart = found.index + found[0].length;
  }
  return { offset: at, line, column: at - lineStart + 1 };
}
