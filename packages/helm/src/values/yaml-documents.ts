/** Values documents: the text of a values file to one table. */
import { Dict, GoError, parseYaml, trimSpace, wrapGoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { jsonTypeError } from './json-type.ts';
import { overlayTables } from './tables.ts';

/**
 * A values file or stream (Helm 4.3.1 `LoadValues`): several documents are merged left to right; Helm 3 reads the first
 * alone. Throws GoError with Helm's text, line numbers counted from the start of the document.
 */
export function parseValues(text: string, compat: HelmCompat = 'v4'): Dict {
  if (compat === 'v3') return parseYamlTable(text) ?? new Dict();
  let values: Dict | undefined;
  for (const document of splitDocuments(text)) {
    const table = parseDocument(document);
    if (table !== undefined) values = values === undefined ? table : overlayTables(values, table);
  }
  return values ?? new Dict();
}

function parseDocument(document: string): Dict | undefined {
  try {
    return parseYamlTable(document);
  } catch (error) {
    throw wrapGoError('cannot unmarshal yaml document: ', error);
  }
}

/** The first document of a text that must be a table or nothing (sigs.k8s.io/yaml `Unmarshal` into a map). */
export function parseYamlTable(text: string): Dict | undefined {
  const value = parseYaml(text, { dialect: 'v2' });
  if (value === null || value === undefined) return undefined;
  if (value instanceof Dict) return value;
  throw jsonTypeError(value, 'map[string]interface {}');
}

/** Cut at lines that start with `---`; a line that starts a document is part of it. */
function splitDocuments(text: string): readonly string[] {
  if (!/^---/m.test(text)) return [text];
  const documents: string[] = [];
  let document = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('---')) {
      const trailing = trimSpace(line.slice(3));
      if (trailing !== '' && !trailing.startsWith('#')) {
        throw new GoError(`error reading yaml document: invalid Yaml document separator: ${trailing}`);
      }
      if (document !== '') {
        documents.push(document);
        document = '';
        continue;
      }
    }
    document += `${line}\n`;
  }
  documents.push(document);
  return documents;
}
