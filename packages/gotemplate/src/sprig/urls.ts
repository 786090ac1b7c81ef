/** sprig's `urlParse` and `urlJoin`. */
import { type Dict, dict, kindOf, wrapping } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import { fromBinary, toBinary } from './binary-text.ts';
import { nilDereference, panic } from './panic.ts';
import { escapeUrl } from './percent-encoding.ts';
import { hostname, type ParsedUrl, parseUrl, type UserInfo } from './url-parse.ts';

function urlParse(text: string): Dict {
  const url = wrapping('unable to parse url: ', () => parseUrl(toBinary(text)));
  const parts = {
    scheme: url.scheme,
    host: url.host,
    hostname: hostname(url.host),
    path: url.path,
    query: url.query,
    opaque: url.opaque,
    fragment: url.fragment,
    userinfo: url.user === undefined ? '' : formatUser(url.user),
  };
  return dict(Object.entries(parts).map(([key, value]) => [key, fromBinary(value)]));
}

function formatUser({ name, password }: UserInfo): string {
  const escaped = escapeUrl(name, 'user');
  return password === undefined ? escaped : `${escaped}:${escapeUrl(password, 'user')}`;
}

function part(map: Dict | null, key: string): string {
  const value = map?.[key];
  if (value === undefined) return '';
  if (typeof value === 'string') return toBinary(value);
  if (value === null) return nilDereference();
  return panic(`unable to parse ${key} key, must be of type string, but ${kindOf(value)} found`);
}

function urlJoin(map: Dict | null): string {
  const url: ParsedUrl = {
    scheme: part(map, 'scheme'),
    host: part(map, 'host'),
    path: part(map, 'path'),
    query: part(map, 'query'),
    opaque: part(map, 'opaque'),
    fragment: part(map, 'fragment'),
    user: undefined,
  };
  const userinfo = part(map, 'userinfo');
  if (userinfo === '') return fromBinary(formatUrl(url));
  const { user } = wrapping('unable to parse userinfo in dict: ', () => parseUrl(`proto://${userinfo}@host`));
  return fromBinary(formatUrl({ ...url, user }));
}

/** Go's `URL.String`. */
function formatUrl(url: ParsedUrl): string {
  const scheme = url.scheme === '' ? '' : `${url.scheme}:`;
  const query = url.query === '' ? '' : `?${url.query}`;
  const fragment = url.fragment === '' ? '' : `#${escapeUrl(url.fragment, 'fragment')}`;
  const location = url.opaque === '' ? formatLocation(url, scheme) : url.opaque;
  return scheme + location + query + fragment;
}

function formatLocation(url: ParsedUrl, scheme: string): string {
  const authority = formatAuthority(url);
  const path = url.path === '*' ? '*' : escapeUrl(url.path, 'path');
  if (path !== '' && !path.startsWith('/') && url.host !== '') return `${authority}/${path}`;
  // Without the dot the first segment would read as a scheme.
  const looksLikeScheme = scheme + authority === '' && (path.split('/', 1)[0] ?? '').includes(':');
  return authority + (looksLikeScheme ? './' : '') + path;
}

function formatAuthority(url: ParsedUrl): string {
  if (url.scheme === '' && url.host === '' && url.user === undefined) return '';
  const slashes = url.host !== '' || url.path !== '' || url.user !== undefined ? '//' : '';
  const user = url.user === undefined ? '' : `${formatUser(url.user)}@`;
  return slashes + user + escapeUrl(url.host, 'host');
}

/** sprig's URL functions. */
export const urlFunctions: Readonly<Record<string, FunctionSpec>> = {
  urlParse: goFunction(['string'], urlParse),
  urlJoin: goFunction(['map'], urlJoin),
};
