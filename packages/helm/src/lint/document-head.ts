/** The head of each object in a rendered file, read as `helm lint` reads it. */
import { byteLength, GoError, JsonSyntaxError, readJsonPrefix } from '@flotilla/gocompat';
import {
  type DecodedStruct,
  decodeStruct,
  decodeYamlStruct,
  type GoStructTarget,
  type GoTarget,
} from '../chart/struct-decoder.ts';

export interface DocumentHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

const text: GoTarget = { kind: 'string' };
const target: GoStructTarget = {
  kind: 'struct',
  name: 'k8sYamlStruct',
  goType: 'rules.k8sYamlStruct',
  fields: new Map<string, GoTarget>([
    ['apiVersion', text],
    ['Kind', text],
    [
      'Metadata',
      {
        kind: 'struct',
        name: 'k8sYamlMetadata',
        goType: 'rules.k8sYamlMetadata',
        fields: new Map([
          ['Namespace', text],
          ['Name', text],
        ]),
      },
    ],
  ]),
};

/** Heads in order; a document of comments alone has none. Throws GoError at the first that cannot be read. */
export function* documentHeads(content: string): Generator<DocumentHead> {
  if (!/^\s*\{/.test(content)) return yield* yamlHeads(content);
  const { heads, rest, error } = jsonHeads(content);
  yield* heads;
  if (error !== undefined) yield* yamlHeads(rest.replace(/^[^\S\n]*\n?/, ''), error);
}

interface JsonHeads {
  readonly heads: readonly DocumentHead[];
  readonly rest: string;
  /** Why the rest is not JSON, when anything is left. */
  readonly error?: GoError;
}

/** Objects one after another, as long as the text is JSON. After two it must stay so. */
function jsonHeads(content: string): JsonHeads {
  const heads: DocumentHead[] = [];
  let rest = content;
  while (rest.trim() !== '') {
    try {
      const { value, end } = readJsonPrefix(rest);
      heads.push(headOf(decodeStruct(value, target)));
      rest = rest.slice(end);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      if (heads.length > 1) throw error;
      return { heads, rest, error: jsonError(error, content.slice(0, content.length - rest.length)) };
    }
  }
  return { heads, rest };
}

function jsonError(error: GoError, before: string): GoError {
  if (!(error instanceof JsonSyntaxError)) return new GoError('unexpected EOF', { cause: error });
  const offset = byteLength(before) + error.at + 1;
  return new GoError(`json: offset ${offset}: ${error.message}`, { cause: error });
}

/** `firstError` is reported in place of what makes the first document unreadable. */
function* yamlHeads(content: string, firstError?: GoError): Generator<DocumentHead> {
  let instead = firstError;
  for (const document of splitDocuments(content)) {
    const fields = fieldsOf(document, instead);
    instead = undefined;
    if (fields !== undefined) yield headOf(fields);
  }
}

function fieldsOf(document: string, instead: GoError | undefined): DecodedStruct | undefined {
  try {
    return decodeYamlStruct(document, target);
  } catch (error) {
    throw error instanceof GoError && instead !== undefined ? instead : error;
  }
}

function headOf(fields: DecodedStruct): DocumentHead {
  const metadata = (fields['Metadata'] ?? {}) as DecodedStruct;
  return {
    apiVersion: textOf(fields['apiVersion']),
    kind: textOf(fields['Kind']),
    name: textOf(metadata['Name']),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Cuts at lines that begin with `---`; the first line of a document may be one. */
function* splitDocuments(content: string): Generator<string> {
  let document = '';
  for (const line of content.split(/(?<=\n)/)) {
    if (line.startsWith('---')) {
      const trailing = line.slice('---'.length).trim();
      if (trailing !== '' && !trailing.startsWith('#')) {
        throw new GoError(`invalid Yaml document separator: ${trailing}`);
      }
      if (document !== '') {
        yield document;
        document = '';
        continue;
      }
    }
    document += line;
  }
  if (document !== '') yield document;
}
