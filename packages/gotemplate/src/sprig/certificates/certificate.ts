/**
 * X.509 certificates as sprig makes them with Go's `x509.CreateCertificate`. Comes in: names, keys, validity and the issuer.
 * Goes out: DER. Field for field what Go writes, the serial number, dates and signature apart.
 */
import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { GoError } from '@flotilla/gocompat';
import { nodeCrypto } from '../lazy-modules.ts';
import {
  bitString,
  derNull,
  derTrue,
  directoryString,
  element,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  unsignedInteger,
} from './der.ts';
import { elementAt, readElements } from './der-reader.ts';
import { encodeTime } from './der-time.ts';

export interface Issuer {
  /** The DER of its subject name. */
  readonly name: Uint8Array;
  readonly keyId: Uint8Array | undefined;
  readonly key: KeyObject;
}

export interface CertificateRequest {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  /** 4 or 16 bytes each. */
  readonly addresses: readonly Uint8Array[];
  readonly isAuthority: boolean;
  readonly serial: Uint8Array;
  /** Unix seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: KeyObject;
  /** Who signs; itself when undefined. */
  readonly issuer: Issuer | undefined;
}

interface SignatureAlgorithm {
  readonly identifier: Uint8Array;
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null;
}

/** The DER of a signed certificate. Throws GoError for keys that cannot sign. */
export function createCertificate(request: CertificateRequest): Uint8Array {
  const signingKey = request.issuer?.key ?? request.key;
  const algorithm = signatureAlgorithm(signingKey);
  const subject = nameOf(request.commonName);
  const publicKey = nodeCrypto().createPublicKey(request.key).export({ type: 'spki', format: 'der' });
  const body = sequence(
    element(0xa0, smallInteger(2)),
    unsignedInteger(request.serial),
    algorithm.identifier,
    request.issuer?.name ?? subject,
    sequence(encodeTime(request.notBefore), encodeTime(request.notAfter)),
    subject,
    publicKey,
    element(0xa3, sequence(...extensions(request, subject, publicKey))),
  );
  const signature = nodeCrypto().sign(algorithm.hash, body, signingKey);
  return sequence(body, algorithm.identifier, bitString(signature));
}

function nameOf(commonName: string): Uint8Array {
  if (commonName === '') return sequence();
  return sequence(setOf(sequence(objectIdentifier('2.5.4.3'), directoryString(commonName))));
}

function signatureAlgorithm(key: KeyObject): SignatureAlgorithm {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return { identifier: sequence(objectIdentifier('1.2.840.113549.1.1.11'), derNull), hash: 'sha256' };
    case 'ec':
      return ecdsaAlgorithm(key.asymmetricKeyDetails?.namedCurve);
    case 'ed25519':
      return { identifier: sequence(objectIdentifier('1.3.101.112')), hash: null };
    default:
      throw new GoError('x509: certificate private key does not implement crypto.Signer');
  }
}

function ecdsaAlgorithm(curve: string | undefined): SignatureAlgorithm {
  if (curve === 'secp384r1') {
    return { identifier: sequence(objectIdentifier('1.2.840.10045.4.3.3')), hash: 'sha384' };
  }
  if (curve === 'secp521r1') {
    return { identifier: sequence(objectIdentifier('1.2.840.10045.4.3.4')), hash: 'sha512' };
  }
  return { identifier: sequence(objectIdentifier('1.2.840.10045.4.3.2')), hash: 'sha256' };
}

/** serverAuth and clientAuth. */
const extendedUsages = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];

function extension(id: string, value: Uint8Array, isCritical = false): Uint8Array {
  return sequence(objectIdentifier(id), ...(isCritical ? [derTrue] : []), octetString(value));
}

function extensions(request: CertificateRequest, subject: Uint8Array, publicKey: Uint8Array): Uint8Array[] {
  const { isAuthority, issuer } = request;
  // digitalSignature and keyEncipherment; keyCertSign for an authority.
  const keyUsage = isAuthority ? bitString(Uint8Array.of(0xa4), 2) : bitString(Uint8Array.of(0xa0), 5);
  const written = [
    extension('2.5.29.15', keyUsage, true),
    extension('2.5.29.37', sequence(...extendedUsages.map(objectIdentifier))),
    extension('2.5.29.19', isAuthority ? sequence(derTrue) : sequence(), true),
  ];
  if (isAuthority) written.push(extension('2.5.29.14', octetString(keyIdentifier(publicKey))));
  if (issuer?.keyId !== undefined && Buffer.compare(issuer.name, subject) !== 0) {
    written.push(extension('2.5.29.35', sequence(element(0x80, issuer.keyId))));
  }
  const names = alternativeNames(request);
  if (names.length > 0) {
    written.push(extension('2.5.29.17', sequence(...names), request.commonName === ''));
  }
  return written;
}

/** The first 160 bits of the SHA-256 of the key's bit string. */
function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  const bits = elementAt(readElements(elementAt(readElements(publicKey), 0).contents), 1).contents.subarray(
    1,
  );
  return nodeCrypto().createHash('sha256').update(bits).digest().subarray(0, 20);
}

function alternativeNames({ dnsNames, addresses }: CertificateRequest): Uint8Array[] {
  return [
    ...dnsNames.map((name) => element(0x82, Buffer.from(name, 'latin1'))),
    ...addresses.map((address) => element(0x87, address)),
  ];
}
