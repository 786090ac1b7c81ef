/** The head of each object in a rendered file, read as `helm lint` reads it. */
import { GoError } from '@flotilla/gocompat';
import {
  type DecodedStruct,
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
  for (const document of splitDocuments(content)) {
    const fields = decodeYamlStruct(document, target);
    if (fields === undefined) continue;
    const metadata = (fields['Metadata'] ?? {}) as DecodedStruct;
    yield {
      apiVersion: textOf(fields['apiVersion']),
      kind: textOf(fields['Kind']),
      name: textOf(metadata['Name']),
    };
  }
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
