import {
  Dict,
  dict,
  emitYaml,
  formatValue,
  GoError,
  parseYaml,
  sortedKeys,
  YamlError,
} from '@flotilla/gocompat';
import { decodeBase64 } from '@flotilla/gotemplate';

/**
 * Secrets in diffs, as helm-diff 3.15.11 shows them (helmfile-cli.md §12.5): values become their length and whether they changed.
 * In: the texts of both sides. Out: texts without values. The object passes through Kubernetes' typed Secret, so unknown fields are lost.
 */

export type SecretDisplay = 'redacted' | 'decoded';

export interface SecretPair {
  /** Undefined when the side has no such object. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Replaces the values of a Secret on both sides. */
export function displaySecrets(pair: SecretPair, display: SecretDisplay): SecretPair {
  const before = pair.before === undefined ? undefined : readSecret(pair.before);
  const after = pair.after === undefined ? undefined : readSecret(pair.after);
  return {
    before: show({ side: 'old', text: pair.before, secret: before, other: after, display }),
    after: show({ side: 'new', text: pair.after, secret: after, other: before, display }),
  };
}

interface ReadSecret {
  readonly object: Dict;
  /** Decoded values, `stringData` merged in. */
  readonly data: ReadonlyMap<string, Uint8Array>;
  readonly error?: string;
}

interface Side {
  readonly side: 'old' | 'new';
  readonly text: string | undefined;
  readonly secret: ReadSecret | undefined;
  readonly other: ReadSecret | undefined;
  readonly display: SecretDisplay;
}

function show({ side, text, secret, other, display }: Side): string | undefined {
  if (text === undefined || secret === undefined) return undefined;
  if (secret.error !== undefined) return `Error parsing ${side} secret: ${secret.error}`;
  const entries = [...secret.data].map(([key, value]): readonly [string, string] => {
    if (display === 'decoded') return [key, Buffer.from(value).toString('utf8')];
    const isSame = isEqual(other?.data.get(key), value);
    const word = isSame ? 'REDACTED' : side === 'old' ? '--------' : '++++++++';
    return [key, `${word} # (${value.length} bytes)`];
  });
  const emitted = emitYaml(typedSecret(secret.object, dict(entries)), { dialect: 'v2' });
  const named = display === 'decoded' ? emitted : emitted.replace('stringData', 'data');
  return leadingComment(text) + named.replace('  creationTimestamp: null\n', '');
}

function isEqual(left: Uint8Array | undefined, right: Uint8Array): boolean {
  return left !== undefined && Buffer.compare(left, right) === 0;
}

/** Only the fields that the typed object knows; empty ones are left out, as `omitempty` does. */
function typedSecret(object: Dict, stringData: Dict): Dict {
  const result = new Dict();
  for (const field of ['apiVersion', 'kind', 'type']) {
    const value = object[field];
    if (typeof value === 'string' && value !== '') result[field] = value;
  }
  if (typeof object['immutable'] === 'boolean') result['immutable'] = object['immutable'];
  result['metadata'] = typedMetadata(object['metadata']);
  for (const _ in stringData) {
    result['stringData'] = stringData;
    break;
  }
  return result;
}

const metadataFields: readonly string[] = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

function typedMetadata(metadata: unknown): Dict {
  const result = new Dict();
  if (!(metadata instanceof Dict)) return result;
  for (const field of metadataFields) {
    const value = metadata[field];
    if (value !== undefined && value !== null && value !== '') result[field] = value;
  }
  return result;
}

function leadingComment(text: string): string {
  const end = text.indexOf('\n');
  return end === -1 || !text.startsWith('#') ? '' : text.slice(0, end + 1);
}

function readSecret(text: string): ReadSecret {
  try {
    // Kubernetes' reader ends every document with a line break, which a literal at the end keeps.
    const object = parseYaml(`${text}\n`, { dialect: 'v2' });
    if (!(object instanceof Dict)) return failed(jsonError(object, 'value of type v1.Secret'));
    const data = new Map<string, Uint8Array>();
    for (const [key, value] of entriesOf(object, 'data')) data.set(key, bytesOf(value));
    for (const [key, value] of entriesOf(object, 'stringData')) {
      data.set(key, Buffer.from(stringOf(value), 'utf8'));
    }
    return { object, data };
  } catch (error) {
    if (error instanceof YamlError) return failed(`error converting YAML to JSON: ${error.message}`);
    if (error instanceof GoError) return failed(error.message);
    throw error;
  }
}

function failed(error: string): ReadSecret {
  return { object: new Dict(), data: new Map(), error };
}

/** The text of sigs.k8s.io/yaml around encoding/json's. */
const jsonPrefix = 'error unmarshaling JSON: while decoding JSON: ';

function jsonError(value: unknown, target: string): string {
  return `${jsonPrefix}json: cannot unmarshal ${jsonKind(value)} into Go ${target}`;
}

function jsonKind(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'array';
  return value instanceof Dict ? 'object' : 'number';
}

function entriesOf(object: Dict, field: string): readonly (readonly [string, unknown])[] {
  const map = object[field];
  if (map === undefined || map === null) return [];
  if (map instanceof Dict) return sortedKeys(map).map((key) => [key, map[key]]);
  const type = field === 'data' ? 'map[string][]uint8' : 'map[string]string';
  throw new GoError(jsonError(map, `struct field Secret.${field} of type ${type}`));
}

/** A value of `data`: base64, with Go's errors. */
function bytesOf(value: unknown): Uint8Array {
  if (value === null) return new Uint8Array();
  if (typeof value !== 'string')
    throw new GoError(jsonError(value, 'struct field Secret.data of type []uint8'));
  try {
    return decodeBase64(value);
  } catch (error) {
    throw error instanceof GoError ? new GoError(jsonPrefix + error.message) : error;
  }
}

/** A value of `stringData`; numbers and booleans become texts on the way to JSON. */
function stringOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (Array.isArray(value) || value instanceof Dict)
    throw new GoError(jsonError(value, 'struct field Secret.stringData of type string'));
  return formatValue(value);
}
