import { cleanPath } from '@flotilla/gocompat';
/** URLs as Go's net/url reads and prints them, as far as repositories use them: nothing is normalised that Go keeps. */

export interface GoUrl {
  readonly scheme: string;
  /** Host and port, user information left out. */
  readonly host: string;
  readonly userInfo: string;
  /** As written, escapes kept. */
  readonly path: string;
  /** Without `?`; undefined when there is none. */
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

/** Parses as `url.Parse`; undefined for what Go refuses (control characters, a colon in the first segment, bad escapes). */
export function parseUrl(text: string): GoUrl | undefined {
  if (/[\u0000-\u001f\u007f]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const match = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(
    text,
  );
  if (match === null) return undefined;
  const [, scheme = '', authority, path = '', query, fragment] = match;
  if (scheme === '' && authority === undefined && (path.split('/', 1)[0] ?? '').includes(':'))
    return undefined;
  const at = (authority ?? '').lastIndexOf('@');
  return {
    scheme: scheme.toLowerCase(),
    host: (authority ?? '').slice(at + 1),
    userInfo: at < 0 ? '' : (authority ?? '').slice(0, at),
    path,
    query,
    fragment,
  };
}

/** Prints as `URL.String`; characters that no URL may hold are escaped. */
export function formatUrl(url: GoUrl): string {
  const user = url.userInfo === '' ? '' : `${url.userInfo}@`;
  const authority = url.host === '' && url.scheme === '' ? '' : `//${user}${url.host}`;
  const scheme = url.scheme === '' ? '' : `${url.scheme}:`;
  const query = url.query === undefined || url.query === '' ? '' : `?${url.query}`;
  const fragment = url.fragment === undefined || url.fragment === '' ? '' : `#${url.fragment}`;
  const slash = url.host !== '' && url.path !== '' && !url.path.startsWith('/') ? '/' : '';
  return `${scheme}${authority}${slash}${escapePath(url.path)}${query}${fragment}`;
}

/** True when `text` is an absolute URL of the scheme `oci`. */
export function isOci(text: string): boolean {
  return text.startsWith('oci://');
}

/**
 * `reference` against a repository's URL (Helm 4.3.1 `ResolveReferenceURL`): absolute ones stay as they are, others take
 * the repository's query. Undefined when one of the two is no URL.
 */
export function resolveReferenceUrl(base: string, reference: string): string | undefined {
  const parsed = parseUrl(reference);
  if (parsed === undefined) return undefined;
  if (parsed.scheme !== '') return reference;
  const root = parseUrl(base);
  if (root === undefined) return undefined;
  if (parsed.host !== '') return formatUrl({ ...parsed, scheme: root.scheme, query: root.query });
  const directory = `${root.path.replace(/\/$/, '')}/`;
  const path = parsed.path.startsWith('/') ? parsed.path : `${directory}${parsed.path}`;
  return formatUrl({ ...root, path: removeDots(path), query: root.query, fragment: parsed.fragment });
}

/** Whether two repository URLs mean the same (Helm's `urlutil.Equal`): the path is cleaned, nothing else. */
export function equalUrls(a: string, b: string): boolean {
  const [first, second] = [parseUrl(a), parseUrl(b)];
  if (first === undefined) return cleanPath(a) === cleanPath(b);
  return second !== undefined && formatUrl(cleaned(first)) === formatUrl(cleaned(second));
}

/** `base` with path elements added (Helm's `urlutil.URLJoin`); a base without scheme is joined as a path. */
export function joinUrl(base: string, ...parts: readonly string[]): string {
  const url = parseUrl(base);
  const path = (first: string): string => {
    const joined = [first, ...parts].filter((part) => part !== '').join('/');
    return joined === '' ? '' : cleanPath(joined);
  };
  return url === undefined ? path(base) : formatUrl({ ...url, path: path(url.path) });
}

/** Scheme, host and port agree, compared as text. */
export function isSameHost(a: string, b: string): boolean {
  const [first, second] = [parseUrl(a), parseUrl(b)];
  return first?.scheme === second?.scheme && first?.host === second?.host;
}

function cleaned(url: GoUrl): GoUrl {
  return { ...url, path: cleanPath(url.path === '' ? '/' : url.path) };
}

function removeDots(path: string): string {
  const clean = cleanPath(path);
  return /\/\.{0,2}$/.test(path) && clean !== '/' ? `${clean}/` : clean;
}

function escapePath(path: string): string {
  return path.replace(/[^\w\-.~!$&'()*+,;=:@/%]+/gu, (text) => encodeURIComponent(text));
}
