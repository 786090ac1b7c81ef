/** sprig's password functions: bcrypt, htpasswd, derivePassword (the Master Password algorithm, version 3). */
import { Buffer } from 'node:buffer';
import { byteLength, encodeText } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import type { TemplateHost } from '../host.ts';
import { hasRawBytes } from './binary-text.ts';
import { bcryptjs, nodeCrypto } from './lazy-modules.ts';

const cost = 10;

const bcryptFailure = 'failed to encrypt string with bcrypt: ';

function bcrypt(host: TemplateHost, password: string): string {
  if (byteLength(password) > 72) return `${bcryptFailure}bcrypt: password length exceeds 72 bytes`;
  // bcryptjs takes texts only.
  if (hasRawBytes(password)) return `${bcryptFailure}password is not valid UTF-8`;
  return bcryptjs().hashSync(password, bcryptSalt(host.randomBytes(16)));
}

/** bcrypt's own base64, under the version letter that Go writes. */
function bcryptSalt(bytes: Uint8Array): string {
  return `$2a$${cost}$${bcryptjs().encodeBase64(bytes, 16)}`;
}

function htpasswd(host: TemplateHost, user: string, password: string): string {
  return user.includes(':') ? `invalid username: ${user}` : `${user}:${bcrypt(host, password)}`;
}

const upperVowels = 'AEIOU';
const upperConsonants = 'BCDFGHJKLMNPQRSTVWXYZ';
const lowerVowels = upperVowels.toLowerCase();
const lowerConsonants = upperConsonants.toLowerCase();
const anyLetter = upperVowels + lowerVowels + upperConsonants + lowerConsonants;

const classes: Readonly<Record<string, string>> = {
  V: upperVowels,
  C: upperConsonants,
  v: lowerVowels,
  c: lowerConsonants,
  A: upperVowels + upperConsonants,
  a: anyLetter,
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: `${anyLetter}0123456789!@#$%^&*()`,
};

const longTemplates =
  'CvcvnoCvcvCvcv CvcvCvcvnoCvcv CvcvCvcvCvcvno CvccnoCvcvCvcv CvccCvcvnoCvcv CvccCvcvCvcvno CvcvnoCvccCvcv ' +
  'CvcvCvccnoCvcv CvcvCvccCvcvno CvcvnoCvcvCvcc CvcvCvcvnoCvcc CvcvCvcvCvccno CvccnoCvccCvcv CvccCvccnoCvcv ' +
  'CvccCvccCvcvno CvcvnoCvccCvcc CvcvCvccnoCvcc CvcvCvccCvccno CvccnoCvcvCvcc CvccCvcvnoCvcc CvccCvcvCvccno';

const templates: ReadonlyMap<string, readonly string[]> = new Map([
  ['maximum', ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno']],
  ['long', longTemplates.split(' ')],
  ['medium', ['CvcnoCvc', 'CvcCvcno']],
  ['short', ['Cvcn']],
  ['basic', ['aaanaaan', 'aannaaan', 'aaannaaa']],
  ['pin', ['nnnn']],
]);

const seedName = 'com.lyndir.masterpassword';

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

interface Derivation {
  readonly counter: number;
  readonly type: string;
  readonly password: string;
  readonly user: string;
  readonly site: string;
}

function derivePassword({ counter, type, password, user, site }: Derivation): string {
  const choices = templates.get(type);
  if (choices === undefined) return `cannot find password template ${type}`;
  const name = Buffer.from(seedName);
  const [userBytes, siteBytes] = [encodeText(user), encodeText(site)];
  const salt = Buffer.concat([name, uint32(userBytes.length), userBytes]);
  const parameters = { N: 32768, r: 8, p: 2, maxmem: 64 * 1024 * 1024 };
  const key = nodeCrypto().scryptSync(encodeText(password), salt, 64, parameters);
  const message = Buffer.concat([name, uint32(siteBytes.length), siteBytes, uint32(counter)]);
  const seed = nodeCrypto().createHmac('sha256', key).update(message).digest();
  const template = choices[(seed[0] ?? 0) % choices.length] ?? '';
  return Array.from(template, (letter, i) => {
    const characters = classes[letter] ?? '';
    return characters.charAt((seed[i + 1] ?? 0) % characters.length);
  }).join('');
}

/** sprig's password functions. */
export function passwordFunctions(host: TemplateHost): Readonly<Record<string, FunctionSpec>> {
  return {
    bcrypt: goFunction(['string'], (password) => bcrypt(host, password)),
    htpasswd: goFunction(['string', 'string'], (user, password) => htpasswd(host, user, password)),
    derivePassword: goFunction(
      ['uint32', 'string', 'string', 'string', 'string'],
      (...[counter, type, password, user, site]) => derivePassword({ counter, type, password, user, site }),
    ),
  };
}
