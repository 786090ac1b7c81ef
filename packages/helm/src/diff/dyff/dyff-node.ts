import { type Document, isMap, isScalar, isSeq, type Node, parseAllDocuments, type Scalar } from 'yaml';

/**
 * YAML as dyff sees it: nodes with tags and raw values rather than Go values, because it compares and prints what is written.
 * In: the text of one or more documents. Out: a tree without aliases. Comments stay on keys and values.
 */

export type DyffNode = DyffMap | DyffList | DyffScalar;

export interface DyffMap {
  readonly kind: 'map';
  readonly entries: readonly DyffEntry[];
}

export interface DyffEntry {
  readonly key: string;
  /** Lines before the key, with their `#`. */
  readonly comment: string;
  readonly value: DyffNode;
}

export interface DyffList {
  readonly kind: 'list';
  readonly items: readonly DyffNode[];
}

export interface DyffScalar {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  readonly value: string;
  /** What follows on the line, with its `#`. */
  readonly comment: string;
}

export type ScalarType = 'string' | '<nil>' | 'bool' | 'int' | 'float' | 'timestamp' | 'binary';

export const nullNode: DyffScalar = { kind: 'scalar', type: '<nil>', value: '', comment: '' };

/** A string node. */
export function stringNode(value: string): DyffScalar {
  return { kind: 'scalar', type: 'string', value, comment: '' };
}

/** The documents of a text; undefined when one is not YAML, upon which helm-diff reads nothing at all. */
export function parseDyffDocuments(text: string): readonly DyffNode[] | undefined {
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    keepSourceTokens: false,
    uniqueKeys: false,
  });
  if (!Array.isArray(documents)) return [];
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map((document) => convertRoot(document));
}

function convertRoot(document: Document.Parsed): DyffNode {
  const { contents } = document;
  if (contents === null) return nullNode;
  const node = convert(contents, document);
  const comment = commentLines(contents.commentBefore);
  const [first, ...rest] = node.kind === 'map' ? node.entries : [];
  if (first === undefined || comment === '') return node;
  return { kind: 'map', entries: [{ ...first, comment: first.comment || comment }, ...rest] };
}

function convert(node: Node | null, document: Document.Parsed): DyffNode {
  if (node === null) return nullNode;
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => ({
      key: isScalar(key) ? textOf(key) : String(key),
      comment: commentLines(isScalar(key) ? key.commentBefore : undefined),
      value: convert(value as Node | null, document),
    }));
    return { kind: 'map', entries };
  }
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item as Node, document)) };
  if (isScalar(node)) return convertScalar(node);
  return convert(node.resolve(document) ?? null, document);
}

function convertScalar(node: Scalar): DyffScalar {
  const value = textOf(node);
  const comment = commentLines(node.comment);
  return { kind: 'scalar', type: typeOf(node, value), value, comment };
}

function textOf({ source, value }: Scalar): string {
  return source ?? (typeof value === 'string' ? value : '');
}

function commentLines(text: string | null | undefined): string {
  if (text === null || text === undefined || text === '') return '';
  return text
    .split('\n')
    .map((line) => `#${line}`)
    .join('\n');
}

const explicitTypes: Readonly<Record<string, ScalarType>> = {
  'tag:yaml.org,2002:str': 'string',
  'tag:yaml.org,2002:null': '<nil>',
  'tag:yaml.org,2002:bool': 'bool',
  'tag:yaml.org,2002:int': 'int',
  'tag:yaml.org,2002:float': 'float',
  'tag:yaml.org,2002:timestamp': 'timestamp',
  'tag:yaml.org,2002:binary': 'binary',
};

function typeOf({ tag, type }: Scalar, value: string): ScalarType {
  const explicit = tag === undefined ? undefined : explicitTypes[tag];
  if (explicit !== undefined) return explicit;
  return type === 'PLAIN' || type === undefined ? plainType(value) : 'string';
}

const plainPatterns: readonly (readonly [ScalarType, RegExp])[] = [
  ['<nil>', /^(?:~|null|Null|NULL|)$/],
  ['bool', /^(?:true|True|TRUE|false|False|FALSE)$/],
  ['int', /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/],
  [
    'float',
    /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  ],
  [
    'timestamp',
    /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ \t]+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d:?(?:\d\d)?))?)?$/,
  ],
];

/** The type go-yaml v3 gives a plain scalar; `yes` and `on` are strings there. */
function plainType(value: string): ScalarType {
  return plainPatterns.find(([, pattern]) => pattern.test(value))?.[0] ?? 'string';
}

/** The value behind a key; the first one when keys repeat. */
export function fieldValue(node: DyffNode, key: string): DyffNode | undefined {
  return node.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}

/** The raw text of a scalar; empty for maps and lists, as in Go's nodes. */
export function rawText(node: DyffNode): string {
  return node.kind === 'scalar' ? node.value : '';
}

/** A text that is equal exactly for nodes with the same content: types of scalars and the order of keys do not count. */
export function fingerprint(node: DyffNode): string {
  switch (node.kind) {
    case 'scalar':
      return JSON.stringify(node.value);
    case 'list':
      return `[${node.items.map(fingerprint).join(',')}]`;
    case 'map': {
      const last = new Map(node.entries.map(({ key, value }) => [key, value]));
      const fields = [...last].map(([key, value]) => `${JSON.stringify(key)}:${fingerprint(value)}`);
      return `{${fields.sort().join(',')}}`;
    }
    default: {
      const impossible: never = node;
      return impossible;
    }
  }
}
