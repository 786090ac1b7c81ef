import { Dict, dict, emitYaml, parseYaml } from '@flotilla/gocompat';

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
  readonly data: ReadonlyMap<string, Buffer>;
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
    if (display === 'decoded') return [key, value.toString('utf8')];
    const isSame = other?.data.get(key)?.equals(value) === true;
    const word = isSame ? 'REDACTED' : side === 'old' ? '--------' : '++++++++';
    return [key, `${word} # (${value.length} bytes)`];
  });
  const emitted = emitYaml(typedSecret(secret.object, dict(entries)), { dialect: 'v2' });
  const named = display === 'decoded' ? emitted : emitted.replace('stringData', 'data');
  return leadingComment(text) + named.replace('  creationTimestamp: null\n', '');
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
    if (!(object instanceof Dict)) return failed('object is not a map');
    const data = new Map<string, Buffer>();
    for (const [key, value] of entriesOf(object['data'])) data.set(key, decodeBase64(value));
    for (const [key, value] of entriesOf(object['stringData'])) data.set(key, Buffer.from(value, 'utf8'));
    return { object, data };
  } catch (error) {
    if (error instanceof Error) return failed(error.message);
    throw error;
  }
}

function failed(error: string): ReadSecret {
  return { object: new Dict(), data: new Map(), error };
}

function entriesOf(map: unknown): readonly (readonly [string, string])[] {
  if (!(map instanceof Dict)) return [];
  return Object.entries(map).map(([key, value]) => [key, typeof value === 'string' ? value : '']);
}

/** Strict standard base64; the error is Go's. Line breaks are skipped, as Go does. */
function decodeBase64(text: string): Buffer {
  const compact = text.replaceAll(/[\r\n]/g, '');
  const bad = /[^A-Za-z0-9+/=]/.exec(compact);
  if (bad !== null) throw new Error(`illegal base64 data at input byte ${bad.index}`);
  const padding = compact.indexOf('=');
  if (compact.length % 4 !== 0 || (padding !== -1 && !/^={1,2}$/.test(compact.slice(padding)))) {
    throw new Error(
      `illegal base64 data at input byte ${padding === -1 ? compact.length - (compact.length % 4) : padding}`,
    );
  }
  return Buffer.from(compact, 'base64');
}
