/** A JSON schema document: its draft, and where its references lead. */
import { Dict, GoError, parseGoJson, quote } from '@flotilla/gocompat';

/** The year of the draft, or its number before there were years. */
export type SchemaDraft = 4 | 6 | 7 | 2019 | 2020;

export type Schema = Dict | boolean;

const documentUrl = 'file:///values.schema.json';

/** Thrown when a reference leads to a schema that has to be loaded first; not an error people see. */
export class UnloadedSchema extends Error {
  readonly document: SchemaDocument;
  readonly url: string;

  constructor(document: SchemaDocument, url: string) {
    super(`schema ${url} is not loaded`);
    this.document = document;
    this.url = url;
  }
}

export class SchemaDocument {
  readonly root: Schema;
  readonly draft: SchemaDraft;
  readonly mentionsFormats: boolean;
  /** Some keyword asks what the others have looked at. */
  readonly tracksEvaluated: boolean;
  readonly #bases = new Map<Dict, string>();
  readonly #targets = new Map<string, Schema>();

  /** Throws GoError when the text is no JSON. */
  constructor(text: string) {
    this.mentionsFormats = text.includes('"format"');
    this.tracksEvaluated = text.includes('"unevaluated');
    this.root = parseGoJson(text, { numbers: 'float64' }) as Schema;
    this.draft = draftOf(this.root);
    this.#targets.set(documentUrl, this.root);
    this.#index(this.root, documentUrl);
  }

  /** The schema a `$ref` inside `schema` means; an unknown URN allows everything. Throws GoError
   * when there is none, UnloadedSchema when it is elsewhere. */
  resolve(schema: Dict, reference: string, onUnresolvedUrn: (urn: string) => void): Schema {
    const url = resolveUrl(reference, this.#bases.get(schema) ?? documentUrl);
    const known = this.#targets.get(url);
    if (known !== undefined) return known;
    if (url.startsWith('urn:')) {
      onUnresolvedUrn(url);
      return true;
    }
    const [base = '', fragment = ''] = url.split('#');
    const document = this.#targets.get(base);
    if (document === undefined) throw new UnloadedSchema(this, base);
    const target = followPointer(document, decodeURIComponent(fragment));
    if (target === undefined) {
      throw new GoError(`json-pointer in ${quote(`${base}#${fragment}`)} not found`);
    }
    return target;
  }

  /** Adds a schema from elsewhere. Throws GoError when the text is no JSON. */
  add(url: string, text: string): void {
    const schema = parseGoJson(text, { numbers: 'float64' }) as Schema;
    this.#targets.set(url, schema);
    this.#index(schema, url);
  }

  #index(value: unknown, base: string): void {
    if (Array.isArray(value)) for (const item of value) this.#index(item, base);
    if (!(value instanceof Dict)) return;
    const id = value[this.draft === 4 ? 'id' : '$id'];
    const own = typeof id === 'string' ? resolveUrl(id, base) : base;
    const [withoutFragment = own] = own.split('#');
    if (typeof id === 'string') {
      this.#targets.set(own, value);
      this.#targets.set(withoutFragment, value);
    }
    this.#bases.set(value, withoutFragment);
    for (const key of ['$anchor', '$dynamicAnchor']) {
      const anchor = value[key];
      if (typeof anchor === 'string') this.#targets.set(`${withoutFragment}#${anchor}`, value);
    }
    for (const key in value) this.#index(value[key], withoutFragment);
  }
}

function draftOf(schema: Schema): SchemaDraft {
  const declared = schema instanceof Dict ? schema['$schema'] : undefined;
  const name =
    typeof declared === 'string' ? /draft[-/](\d{2}|\d{4}-\d{2})\b/.exec(declared)?.[1] : undefined;
  switch (name) {
    case '04':
      return 4;
    case '06':
      return 6;
    case '07':
      return 7;
    case '2019-09':
      return 2019;
    default:
      return 2020;
  }
}

function resolveUrl(reference: string, base: string): string {
  const bare = reference.replace(/#$/, '');
  if (bare === '') return base;
  if (bare.startsWith('#')) return `${base}${bare}`;
  try {
    return new URL(bare, base).href;
  } catch {
    return bare;
  }
}

function followPointer(document: Schema, pointer: string): Schema | undefined {
  if (pointer === '') return document;
  if (!pointer.startsWith('/')) return undefined;
  let value: unknown = document;
  for (const part of pointer.slice(1).split('/')) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    if (value instanceof Dict) value = value[key];
    else value = Array.isArray(value) ? value[Number(key)] : undefined;
  }
  return value instanceof Dict || typeof value === 'boolean' ? value : undefined;
}
