/**
 * URLs as Go's `net/url` reads them; WHATWG rules differ too much to be of use. Texts have one character per byte here.
 */
import { GoError, quote, wrapping } from '@flotilla/gocompat';
import { fromBinary } from './binary-text.ts';
import { parseIpAddress } from './ip-address.ts';
import { unescapeUrl } from './percent-encoding.ts';

export interface UserInfo {
  readonly name: string;
  readonly password: string | undefined;
}

export interface ParsedUrl {
  readonly scheme: string;
  readonly opaque: string;
  readonly user: UserInfo | undefined;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** Go's `url.Parse`. Throws GoError `parse "URL": REASON`. */
export function parseUrl(text: string): ParsedUrl {
  const [withoutFragment, fragment] = cut(text, '#');
  const url = describing(withoutFragment, () => parseBeforeFragment(withoutFragment));
  return { ...url, fragment: describing(text, () => unescapeUrl(fragment, 'fragment')) };
}

function describing<T>(text: string, parse: () => T): T {
  return wrapping(`parse ${quote(fromBinary(text))}: `, parse);
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

const nothing: ParsedUrl = {
  scheme: '',
  opaque: '',
  user: undefined,
  host: '',
  path: '',
  query: '',
  fragment: '',
};

function parseBeforeFragment(text: string): ParsedUrl {
  if (/[\x00-\x1f\x7f]/.test(text)) throw new GoError('net/url: invalid control character in URL');
  if (text === '*') return { ...nothing, path: '*' };
  const { scheme, afterScheme } = splitScheme(text);
  const [rest, query] = cut(afterScheme, '?');
  const url = { ...nothing, scheme, query };
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: rest };
    if (cut(rest, '/')[0].includes(':')) {
      throw new GoError('first path segment in URL cannot contain colon');
    }
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  if (!hasAuthority) return { ...url, path: unescapeUrl(rest, 'path') };
  const slash = rest.indexOf('/', 2);
  const authority = parseAuthority(scheme, slash < 0 ? rest.slice(2) : rest.slice(2, slash));
  return { ...url, ...authority, path: slash < 0 ? '' : unescapeUrl(rest.slice(slash), 'path') };
}

function splitScheme(text: string): { readonly scheme: string; readonly afterScheme: string } {
  if (text.startsWith(':')) throw new GoError('missing protocol scheme');
  const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(text)?.[1];
  if (scheme === undefined) return { scheme: '', afterScheme: text };
  return { scheme: scheme.toLowerCase(), afterScheme: text.slice(scheme.length + 1) };
}

function parseAuthority(scheme: string, authority: string): Pick<ParsedUrl, 'user' | 'host'> {
  const at = authority.lastIndexOf('@');
  const host = parseHost(scheme, authority.slice(at + 1));
  if (at < 0) return { user: undefined, host };
  const text = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) throw new GoError('net/url: invalid userinfo');
  const [name, password] = cut(text, ':');
  const user = {
    name: unescapeUrl(name, 'user'),
    password: text.includes(':') ? unescapeUrl(password, 'user') : undefined,
  };
  return { user, host };
}

function parseHost(scheme: string, text: string): string {
  const bracket = text.lastIndexOf('[');
  if (bracket > 0) throw new GoError('invalid IP-literal');
  if (bracket === 0) return parseIpLiteral(text);
  const isWeb = scheme === 'http' || scheme === 'https';
  const colon = isWeb ? text.indexOf(':') : text.lastIndexOf(':');
  if (colon >= 0) checkPort(text.slice(colon));
  return unescapeUrl(text, 'host');
}

/** `[fe80::1%25en0]:80`. */
function parseIpLiteral(text: string): string {
  const end = text.lastIndexOf(']');
  if (end < 0) throw new GoError("missing ']' in host");
  checkPort(text.slice(end + 1));
  const port = unescapeUrl(text.slice(end + 1), 'host');
  const name = text.slice(1, end);
  const zone = name.indexOf('%25');
  const address =
    zone < 0
      ? unescapeUrl(name, 'host')
      : unescapeUrl(name.slice(0, zone), 'host') + unescapeUrl(name.slice(zone), 'zone');
  if (wrapping('invalid host: ', () => parseIpAddress(address)).bytes.length === 4)
    throw new GoError('invalid IP-literal');
  return `[${address}]${port}`;
}

function isPort(text: string): boolean {
  return /^(:[0-9]*)?$/.test(text);
}

function checkPort(text: string): void {
  if (!isPort(text)) throw new GoError(`invalid port ${quote(fromBinary(text))} after host`);
}

/** Go's `URL.Hostname`: the host without port and brackets. */
export function hostname(host: string): string {
  const colon = host.lastIndexOf(':');
  const name = colon >= 0 && isPort(host.slice(colon)) ? host.slice(0, colon) : host;
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
}
