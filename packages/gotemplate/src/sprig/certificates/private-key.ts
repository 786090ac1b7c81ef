/**
 * Private keys: made, read from PEM and written to PEM in the formats that sprig uses for each kind of key.
 * The key itself is node:crypto's.
 */
import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { GoError } from '@flotilla/gocompat';
import { nodeCrypto } from '../lazy-modules.ts';
import { sequence, smallInteger, unsignedInteger } from './der.ts';
import { elementAt, readElements } from './der-reader.ts';
import { decodePem, encodePem } from './pem.ts';

/** A new RSA key of 2048 bits, as certificates get when none is given. */
export function newCertificateKey(): KeyObject {
  return nodeCrypto().generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

/** sprig's `genPrivateKey`; an unknown type gives a text that says so. */
export function generatePrivateKey(type: string): string {
  const key = newKey(type);
  return key === undefined ? `Unknown type ${type}` : encodePrivateKey(key);
}

function newKey(type: string): KeyObject | undefined {
  const crypto = nodeCrypto();
  switch (type) {
    case '':
    case 'rsa':
      return crypto.generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey;
    case 'dsa':
      return crypto.generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey;
    case 'ecdsa':
      return crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'ed25519':
      return crypto.generateKeyPairSync('ed25519').privateKey;
    default:
      return undefined;
  }
}

/** PEM: PKCS#1 for RSA, SEC 1 for elliptic curves, OpenSSL's form for DSA, PKCS#8 for all others. */
export function encodePrivateKey(key: KeyObject): string {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return encodePem({ type: 'RSA PRIVATE KEY', bytes: key.export({ type: 'pkcs1', format: 'der' }) });
    case 'ec':
      return encodePem({ type: 'EC PRIVATE KEY', bytes: key.export({ type: 'sec1', format: 'der' }) });
    case 'dsa':
      return encodePem({ type: 'DSA PRIVATE KEY', bytes: dsaKey(key) });
    default:
      return encodePem({ type: 'PRIVATE KEY', bytes: key.export({ type: 'pkcs8', format: 'der' }) });
  }
}

/** Version, p, q, g, y, x. */
function dsaKey(key: KeyObject): Uint8Array {
  const secret = keyParts(key.export({ type: 'pkcs8', format: 'der' }));
  const open = keyParts(nodeCrypto().createPublicKey(key).export({ type: 'spki', format: 'der' }));
  const algorithm = readElements(elementAt(secret, 1).contents);
  const parameters = readElements(elementAt(algorithm, 1).contents).map(({ contents }) => contents);
  const x = elementAt(readElements(elementAt(secret, 2).contents), 0).contents;
  const y = elementAt(readElements(elementAt(open, 1).contents.subarray(1)), 0).contents;
  return sequence(smallInteger(0), ...[...parameters, y, x].map(unsignedInteger));
}

function keyParts(der: Uint8Array): ReturnType<typeof readElements> {
  return readElements(elementAt(readElements(der), 0).contents);
}

type Encoding = 'pkcs1' | 'pkcs8' | 'sec1';

const encodings: Readonly<Record<string, { readonly type: Encoding; readonly complaint: string }>> = {
  'PRIVATE KEY': { type: 'pkcs8', complaint: 'decoding PEM as PKCS#8' },
  'RSA PRIVATE KEY': { type: 'pkcs1', complaint: 'parsing RSA private key from PEM' },
  'EC PRIVATE KEY': { type: 'sec1', complaint: 'parsing EC private key from PEM' },
};

/** Reads a PEM key. Throws GoError (`no PEM data in input`, `invalid private key type X`, …). */
export function parsePrivateKey(pem: string): KeyObject {
  const block = decodePem(pem);
  if (block === undefined) throw new GoError('no PEM data in input');
  const encoding = encodings[block.type];
  if (encoding !== undefined) {
    return keyFrom(encoding.complaint, { key: Buffer.from(block.bytes), format: 'der', type: encoding.type });
  }
  if (block.type === 'DSA PRIVATE KEY') {
    return keyFrom('parsing DSA private key from PEM', { key: encodePem(block), format: 'pem' });
  }
  const name = block.type.endsWith(' PRIVATE KEY') ? block.type.slice(0, -' PRIVATE KEY'.length) : undefined;
  throw new GoError(
    name === undefined
      ? `no private key data in PEM block of type ${block.type}`
      : `invalid private key type ${name}`,
  );
}

type KeySource = Parameters<ReturnType<typeof nodeCrypto>['createPrivateKey']>[0];

function keyFrom(complaint: string, source: KeySource): KeyObject {
  try {
    return nodeCrypto().createPrivateKey(source);
  } catch (error) {
    throw new GoError(`${complaint}: x509: failed to parse private key`, { cause: error });
  }
}
