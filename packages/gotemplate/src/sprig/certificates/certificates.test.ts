import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { render } from '../testing.ts';

function certificate(pem: string): X509Certificate {
  return new X509Certificate(pem);
}

function ecKey(): string {
  return render('{{ genPrivateKey "ecdsa" }}');
}

describe('genCA and genSignedCert', () => {
  const [ca = '', leaf = '', key = ''] = render(
    '{{ $ca := genCA "my ca" 3650 }}{{ $ca.Cert }}|' +
      '{{ $c := genSignedCert "föö" (list "10.0.0.1" "::1") (list "a.b" "*.c") 10 $ca }}{{ $c.Cert }}|{{ $c.Key }}',
  ).split('|');

  test('the authority signs itself and may sign others', () => {
    const parsed = certificate(ca);
    expect(parsed.ca).toBe(true);
    expect(parsed.subject).toBe('CN=my ca');
    expect(parsed.verify(parsed.publicKey)).toBe(true);
  });

  test('the leaf carries its names and is signed by the authority', () => {
    const parsed = certificate(leaf);
    expect(parsed.ca).toBe(false);
    expect(parsed.subject).toBe('CN=föö');
    expect(parsed.issuer).toBe('CN=my ca');
    expect(parsed.subjectAltName).toBe('DNS:a.b, DNS:*.c, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(parsed.checkIssued(certificate(ca))).toBe(true);
    expect(parsed.verify(certificate(ca).publicKey)).toBe(true);
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });

  test('it is valid from now for the given days', () => {
    const parsed = certificate(leaf);
    expect([parsed.validFrom, parsed.validTo]).toEqual([
      'Jan  2 12:00:00 2024 GMT',
      'Jan 12 12:00:00 2024 GMT',
    ]);
  });

  test('the key is the one of the certificate, in PKCS#1', () => {
    expect(key).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(certificate(leaf).checkPrivateKey(createPrivateKey(key))).toBe(true);
  });
});

describe('certificates for given keys', () => {
  test.each(['ecdsa', 'ed25519'])('%s', (type) => {
    const [key = '', cert = '', sameKey = ''] = render(
      `{{ $k := genPrivateKey "${type}" }}{{ $k }}|{{ $c := genSelfSignedCertWithKey "x" nil (list "a") 1 $k }}{{ $c.Cert }}|{{ $c.Key }}`,
    ).split('|');
    expect(sameKey).toBe(key);
    expect(certificate(cert).verify(createPublicKey(key))).toBe(true);
  });

  test('a certificate without a common name has a critical alternative name', () => {
    const cert = render('{{ (genSelfSignedCertWithKey "" nil (list "a") 1 .).Cert }}', ecKey());
    const critical = '0603551d110101ff';
    expect(Buffer.from(certificate(cert).raw).toString('hex')).toContain(critical);
  });

  test('years from 2050 on are written with four digits', () => {
    const cert = render('{{ (genCAWithKey "x" 36500 .).Cert }}', ecKey());
    expect(certificate(cert).validTo).toBe('Dec  9 12:00:00 2123 GMT');
  });

  test('buildCustomCert gives back what it was given', () => {
    const key = ecKey();
    const template =
      '{{ $c := genCAWithKey "x" 1 . }}{{ $d := buildCustomCert (b64enc $c.Cert) (b64enc .) }}{{ and (eq $c.Cert $d.Cert) (eq $d.Key .) }}';
    expect(render(template, key)).toBe('true');
  });

  test('an authority with a key that is not its own cannot sign', () => {
    const template =
      '{{ $c := genCAWithKey "x" 1 . }}{{ $d := buildCustomCert (b64enc $c.Cert) (b64enc (genPrivateKey "ecdsa")) }}{{ genSignedCertWithKey "y" nil nil 1 $d . }}';
    expect(render(template, ecKey())).toMatch(
      /error creating certificate: x509: provided PrivateKey doesn't match parent's PublicKey$/,
    );
  });
});

test.each([
  ['', 'RSA PRIVATE KEY'],
  ['ecdsa', 'EC PRIVATE KEY'],
  ['ed25519', 'PRIVATE KEY'],
])(
  'genPrivateKey "%s" is a %s',
  (type, header) => {
    const pem = render(`{{ genPrivateKey "${type}" }}`);
    expect(pem.split('\n', 1)).toEqual([`-----BEGIN ${header}-----`]);
    expect(createPrivateKey(pem).type).toBe('private');
  },
  60_000,
);

test.each([
  ['genPrivateKey "x" | fail', 'Unknown type x'],
  ['genCAWithKey "x" 1 ""', 'parsing private key: no PEM data in input'],
  ['genSelfSignedCert "x" (list "1.2.3") nil 1', 'error parsing ip: 1.2.3'],
  ['genSelfSignedCert "x" (list 1) nil 1', 'error parsing ip: 1 is not a string'],
  ['genSelfSignedCert "x" nil (list 1) 1', 'error processing alternate dns name: 1 is not a string'],
  ['buildCustomCert "!" ""', 'unable to decode base64 certificate'],
  ['buildCustomCert "" "!"', 'unable to decode base64 private key'],
  ['buildCustomCert "" ""', 'unable to decode certificate'],
])('%s fails: %s', (action, message) => {
  expect(render(`{{ ${action} }}`).split('error calling ')[1]).toContain(`: ${message}`);
});
