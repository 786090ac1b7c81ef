/**
 * The head of a document without a YAML parse. Comes in: a document. Goes out: its head when every line is of the plainest
 * YAML (block maps and lists, one-line scalars, block texts), so that a parse could neither fail nor see anything else;
 * undefined otherwise. Not its business: values; nearly all rendered manifests pass, which is most of what sorting costs.
 */
import type { ManifestHead } from './manifest.ts';

/** An open block collection. */
interface Level {
  readonly indent: number;
  readonly isList: boolean;
  /** Where the collection is: its key and that of the map around it, as far as heads need them. */
  readonly path: string;
}

const entryPattern =
  /^(?:([A-Za-z0-9_][A-Za-z0-9_./-]{0,250})|"([A-Za-z0-9_./-]{1,250})"|'([A-Za-z0-9_./-]{1,250})'):(?: +(.*))?$/;
const plainPattern = /^(?:[A-Za-z0-9_/$(]|-[^ ]|\.(?!inf|nan)[a-z])(?:[^:#]|:(?! |$)|(?<! )#)*$/i;
const doubleQuoted = /^"(?:[^"\\]|\\["\\nrt])*"$/;
const singleQuoted = /^'(?:[^']|'')*'$/;
const emptyOrWords =
  /^(?:\{\}|\[(?: ?(?:"[^"\\]*"|[A-Za-z0-9_][A-Za-z0-9_./-]*)(?:, ?(?:"[^"\\]*"|[A-Za-z0-9_][A-Za-z0-9_./-]*))*)? ?\])$/;
const blockText = /^[|>][+-]?$/;
const oddNumber = /^[-+]?[0-9._]+[eE][-+]?[0-9_]+$|^[-+]?[0-9._]{16,}$/;
const notAString = /^(?:[-+.0-9~]|(?:y|yes|n|no|true|false|on|off|null)$)/i;
const nullKeys = /^(?:null|Null|NULL)$/;
const unusual = /[^\n -~]/;

/** Maps whose entries heads are made of. */
const mattersToHeads = new Set(['', '/metadata', '/metadata/annotations']);

/** Their keys, by what a reader without regard to case would take for them. */
const headPaths: ReadonlyMap<string, string> = new Map(
  ['/apiVersion', '/kind', '/metadata', '/metadata/name', '/metadata/annotations'].map((path) => [
    path.toLowerCase(),
    path,
  ]),
);

/** The head, or undefined when only a parser can tell. */
export function quickManifestHead(document: string): ManifestHead | undefined {
  return unusual.test(document) ? undefined : new QuickReader(document).read();
}

class QuickReader {
  readonly #lines: readonly string[];
  readonly #levels: Level[] = [];
  readonly #head = new Map<string, string>();
  readonly #annotations = new Map<string, string>();
  readonly #seen = new Set<string>();
  #at = 0;
  /** The last entry has no value yet: a collection may open below it. */
  #pending: { readonly indent: number; readonly path: string } | undefined;

  constructor(document: string) {
    this.#lines = document.split('\n');
  }

  read(): ManifestHead | undefined {
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? '';
      this.#at += 1;
      const content = line.trimStart();
      if (content === '' || content.startsWith('#')) continue;
      if (!this.#line(content.trimEnd(), line.length - content.length)) return undefined;
    }
    return {
      apiVersion: this.#head.get('/apiVersion') ?? '',
      kind: this.#head.get('/kind') ?? '',
      name: this.#head.get('/metadata/name') ?? '',
      annotations: this.#annotations,
    };
  }

  #line(content: string, indent: number): boolean {
    if (content.startsWith('- ')) return this.#item(content, indent);
    const entry = entryPattern.exec(content);
    return entry !== null && this.#open(indent, false) && this.#entry(entry, indent);
  }

  /** A list item: a scalar, or the first entry of a map that begins right there. */
  #item(content: string, indent: number): boolean {
    if (!this.#open(indent, true)) return false;
    const rest = content.slice(2).trimStart();
    const column = indent + content.length - rest.length;
    const entry = entryPattern.exec(rest);
    if (entry === null) return this.#scalar(rest, { indent, path: '/-' });
    this.#levels.push({ indent: column, isList: false, path: '/-' });
    return this.#entry(entry, column);
  }

  /** Finds the collection a line at `indent` belongs to; a new one may open only where a value is pending. */
  #open(indent: number, isList: boolean): boolean {
    const pending = this.#pending;
    this.#pending = undefined;
    const opensBelow =
      pending !== undefined && (indent > pending.indent || (isList && indent === pending.indent));
    if (opensBelow) {
      this.#levels.push({ indent, isList, path: pending.path });
      return !isList || (pending.path !== '/metadata' && pending.path !== '/metadata/annotations');
    }
    if (this.#levels.length === 0) {
      this.#levels.push({ indent, isList: false, path: '' });
      return !isList;
    }
    return this.#closeTo(indent, isList);
  }

  #closeTo(indent: number, isList: boolean): boolean {
    for (;;) {
      const top = this.#levels.at(-1);
      if (top === undefined || top.indent < indent) return false;
      if (top.indent === indent && top.isList === isList) return true;
      // A list may stand at the indent of its own key, so both may be open there.
      if (top.indent === indent && !top.isList) return false;
      this.#levels.pop();
    }
  }

  #entry(match: RegExpExecArray, indent: number): boolean {
    const [, plain, double, single, value = ''] = match;
    const key = plain ?? double ?? single ?? '';
    if (plain !== undefined && nullKeys.test(plain)) return false;
    const parent = this.#levels.at(-1)?.path ?? '';
    const path = mattersToHeads.has(parent) ? `${parent}/${key}` : '/-';
    if (path !== '/-' && !this.#isFamiliar(path)) return false;
    const scalar = value.trimEnd();
    if (scalar !== '') return this.#scalar(scalar, { indent, path });
    this.#pending = { indent, path };
    return !isHeadPath(path) && !path.startsWith('/metadata/annotations/');
  }

  /** Keys that heads are made of must be written once and exactly so. */
  #isFamiliar(path: string): boolean {
    const exact = headPaths.get(path.toLowerCase());
    if (exact === undefined) return true;
    if (path !== exact || this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }

  #scalar(text: string, { indent, path }: { readonly indent: number; readonly path: string }): boolean {
    const isHead = isHeadPath(path);
    const isAnnotation = path.startsWith('/metadata/annotations/');
    if (path === '/metadata' || path === '/metadata/annotations') return false;
    if (!isHead && !isAnnotation) return this.#isPlainValue(text, indent);
    const value = stringOf(text);
    if (value === undefined || (value === text && notAString.test(value))) return false;
    if (isHead) this.#head.set(path, value);
    else this.#annotations.set(path.slice('/metadata/annotations/'.length), value);
    return true;
  }

  #isPlainValue(text: string, indent: number): boolean {
    switch (text.charAt(0)) {
      case '|':
      case '>':
        return blockText.test(text) && this.#skipBlockText(indent);
      case '{':
      case '[':
        return emptyOrWords.test(text);
      default:
        return isScalar(text);
    }
  }

  /** Lines of a block text: deeper than the key, none shallower than the first. */
  #skipBlockText(parentIndent: number): boolean {
    let contentIndent: number | undefined;
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      const content = line.trimStart();
      if (content === '') {
        if (contentIndent === undefined && line !== '') return false;
        continue;
      }
      const indent = line.length - content.length;
      if (indent <= parentIndent) return true;
      contentIndent ??= indent;
      if (indent < contentIndent) return false;
    }
    return true;
  }
}

function isHeadPath(path: string): boolean {
  return path === '/apiVersion' || path === '/kind' || path === '/metadata/name';
}

function isScalar(text: string): boolean {
  switch (text.charAt(0)) {
    case '"':
      return doubleQuoted.test(text);
    case "'":
      return singleQuoted.test(text);
    default:
      return plainPattern.test(text) && !oddNumber.test(text);
  }
}

/** The text of a scalar on one line: `text` itself when it is plain, undefined when a parser should look. */
function stringOf(text: string): string | undefined {
  if (!isScalar(text) || (text.startsWith('"') && text.includes('\\'))) return undefined;
  if (text.startsWith("'")) return text.slice(1, -1).replace(/''/g, "'");
  return text.startsWith('"') ? text.slice(1, -1) : text;
}
