/**
 * sprig's certificate functions. Comes in: names, days of validity, PEM texts. Goes out: a `certificate` with Cert and Key in PEM.
 * Keys come from node:crypto; clock and serial numbers from the host.
 */
import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import {
  decodeBytes,
  formatValue,
  GoError,
  GoStruct,
  orUndefined,
  quote,
  wrapping,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../../function-table.ts';
import type { TemplateHost } from '../../host.ts';
import { decodeBase64 } from '../base-decoding.ts';
import { hasRawBytes, toBinary } from '../binary-text.ts';
import { parseIpAddress } from '../ip-address.ts';
import { nodeCrypto } from '../lazy-modules.ts';
import { createCertificate, type Issuer } from './certificate.ts';
import { elementAt, readElements } from './der-reader.ts';
import { decodePem, encodePem } from './pem.ts';
import { encodePrivateKey, generatePrivateKey, newCertificateKey, parsePrivateKey } from './private-key.ts';

interface CertificateWish {
  readonly commonName: string;
  readonly addresses: readonly unknown[];
  readonly dnsNames: readonly unknown[];
  readonly days: number;
  readonly isAuthority: boolean;
  readonly issuer: () => Issuer | undefined;
  readonly key: () => KeyObject;
}

function certificateOf(cert: string, key: string): GoStruct {
  return new GoStruct({
    goType: 'sprig.certificate',
    isPointer: false,
    fields: new Map([
      ['Cert', cert],
      ['Key', key],
    ]),
    methods: new Map(),
  });
}

function issue(host: TemplateHost, wish: CertificateWish): GoStruct {
  const issuer = wish.issuer();
  const addresses = wish.addresses.map(addressBytes);
  const dnsNames = wish.dnsNames.map(dnsName);
  const now = host.now().seconds;
  const lifetime = Number(BigInt.asIntN(64, BigInt(wish.days) * 86_400n * 1_000_000_000n) / 1_000_000_000n);
  return wrapping('error creating certificate: ', () => {
    const key = wish.key();
    checkCommonName(wish.commonName);
    checkDnsNames(dnsNames);
    const certificate = createCertificate({
      commonName: wish.commonName,
      addresses,
      dnsNames,
      isAuthority: wish.isAuthority,
      serial: host.randomBytes(16),
      notBefore: now,
      notAfter: now + lifetime,
      key,
      issuer,
    });
    return certificateOf(encodePem({ type: 'CERTIFICATE', bytes: certificate }), encodePrivateKey(key));
  });
}

function checkCommonName(name: string): void {
  if (hasRawBytes(name)) throw new GoError('asn1: string not valid UTF-8');
}

function checkDnsNames(names: readonly string[]): void {
  const foreign = names.find((name) => /[^\x00-\x7f]/.test(name));
  if (foreign !== undefined) throw new GoError(`x509: ${quote(foreign)} cannot be encoded as an IA5String`);
}

function addressBytes(value: unknown): Uint8Array {
  if (typeof value !== 'string') {
    throw new GoError(`error parsing ip: ${formatValue(value)} is not a string`);
  }
  const address = addressOrNothing(value);
  if (address === undefined) throw new GoError(`error parsing ip: ${value}`);
  return address;
}

const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Go's `net.ParseIP`, with IPv4 in four bytes wherever it can. */
function addressOrNothing(text: string): Uint8Array | undefined {
  const address = orUndefined(() => parseIpAddress(toBinary(text)));
  if (address === undefined || address.zone !== '') return undefined;
  const { bytes } = address;
  const isMapped = bytes.length === 16 && mappedPrefix.every((byte, i) => bytes[i] === byte);
  return Uint8Array.from(isMapped ? bytes.slice(12) : bytes);
}

function dnsName(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GoError(`error processing alternate dns name: ${formatValue(value)} is not a string`);
}

/** Checks that `der` is a certificate and gives its subject and subject key id. */
function readCertificate(der: Uint8Array): Pick<Issuer, 'name' | 'keyId'> {
  try {
    const parsed = new (nodeCrypto().X509Certificate)(der);
    const body = readElements(
      elementAt(readElements(elementAt(readElements(parsed.raw), 0).contents), 0).contents,
    );
    return { name: elementAt(body, 5).whole, keyId: subjectKeyId(elementAt(body, body.length - 1).contents) };
  } catch (error) {
    throw new GoError('x509: malformed certificate', { cause: error });
  }
}

const subjectKeyIdOid = '551d0e';

function subjectKeyId(extensionList: Uint8Array): Uint8Array | undefined {
  for (const extension of readElements(elementAt(readElements(extensionList), 0).contents)) {
    const parts = readElements(extension.contents);
    if (Buffer.from(elementAt(parts, 0).contents).toString('hex') !== subjectKeyIdOid) continue;
    return elementAt(readElements(elementAt(parts, parts.length - 1).contents), 0).contents;
  }
  return undefined;
}

/** The authority that signs, from a certificate made by genCA or buildCustomCert. */
function issuerOf(authority: GoStruct): Issuer {
  const block = decodePem(String(authority.fields.get('Cert')));
  if (block === undefined) throw new GoError('unable to decode certificate');
  const names = wrapping('error parsing certificate: decodedSignerCert.Bytes: ', () =>
    readCertificate(block.bytes),
  );
  const key = wrapping('error parsing private key: ', () =>
    parsePrivateKey(String(authority.fields.get('Key'))),
  );
  const certificate = new (nodeCrypto().X509Certificate)(block.bytes);
  if (!certificate.checkPrivateKey(key)) {
    throw new GoError(
      "error creating certificate: x509: provided PrivateKey doesn't match parent's PublicKey",
    );
  }
  return { ...names, key };
}

function givenKey(pem: string): () => KeyObject {
  const key = wrapping('parsing private key: ', () => parsePrivateKey(pem));
  return () => key;
}

function buildCustomCertificate(encodedCertificate: string, encodedKey: string): GoStruct {
  const cert = decodedText(encodedCertificate, 'unable to decode base64 certificate');
  const key = decodedText(encodedKey, 'unable to decode base64 private key');
  const block = decodePem(cert);
  if (block === undefined) throw new GoError('unable to decode certificate');
  wrapping('error parsing certificate: decodedCert.Bytes: ', () => readCertificate(block.bytes));
  wrapping('error parsing private key: ', () => parsePrivateKey(key));
  return certificateOf(cert, key);
}

function decodedText(encoded: string, complaint: string): string {
  const bytes = orUndefined(() => decodeBase64(encoded));
  if (bytes === undefined) throw new GoError(complaint);
  return decodeBytes(bytes);
}

const selfSigned = { isAuthority: false, issuer: () => undefined } as const;
const authority = { ...selfSigned, isAuthority: true, addresses: [], dnsNames: [] } as const;

function authorities(host: TemplateHost): Readonly<Record<string, FunctionSpec>> {
  return {
    genCA: goFunction(['string', 'int'], (commonName, days) =>
      issue(host, { ...authority, commonName, days, key: newCertificateKey }),
    ),
    genCAWithKey: goFunction(['string', 'int', 'string'], (commonName, days, pem) =>
      issue(host, { ...authority, commonName, days, key: givenKey(pem) }),
    ),
    genPrivateKey: goFunction(['string'], generatePrivateKey),
    buildCustomCert: goFunction(['string', 'string'], buildCustomCertificate),
  };
}

/** sprig's `genCA`, `genSelfSignedCert`, `genSignedCert`, their WithKey twins, `genPrivateKey` and `buildCustomCert`. */
export function certificateFunctions(host: TemplateHost): Readonly<Record<string, FunctionSpec>> {
  return {
    ...authorities(host),
    genSelfSignedCert: goFunction(
      ['string', 'list', 'list', 'int'],
      (...[commonName, addresses, dnsNames, days]) =>
        issue(host, { ...selfSigned, commonName, addresses, dnsNames, days, key: newCertificateKey }),
    ),
    genSelfSignedCertWithKey: goFunction(
      ['string', 'list', 'list', 'int', 'string'],
      (...[commonName, addresses, dnsNames, days, pem]) =>
        issue(host, { ...selfSigned, commonName, addresses, dnsNames, days, key: givenKey(pem) }),
    ),
    genSignedCert: goFunction(
      ['string', 'list', 'list', 'int', 'certificate'],
      (...[commonName, addresses, dnsNames, days, ca]) => {
        const issuer = (): Issuer => issuerOf(ca);
        const names = { commonName, addresses, dnsNames, days };
        return issue(host, { ...names, isAuthority: false, issuer, key: newCertificateKey });
      },
    ),
    genSignedCertWithKey: goFunction(
      ['string', 'list', 'list', 'int', 'certificate', 'string'],
      (...[commonName, addresses, dnsNames, days, ca, pem]) => {
        const key = givenKey(pem);
        const issuer = (): Issuer => issuerOf(ca);
        return issue(host, { commonName, addresses, dnsNames, days, isAuthority: false, issuer, key });
      },
    ),
  };
}
