/**
 * OciSession: requests to registries with the authorization they ask for. Comes in: a request and what it is for. Goes
 * out: the response. Basic credentials and bearer tokens are fetched once per host and scope. A challenge is answered
 * only when it came from the host that was asked.
 */
import { GoError } from '@flotilla/gocompat';
import { findCredential, type RegistryCredential } from './docker-credentials.ts';
import { isSameHost, parseUrl } from './go-url.ts';
import { basicAuthorization, type HttpRequest, type HttpResponse, type TlsFiles } from './http-client.ts';
import { fetchToken } from './oci-token.ts';
import { defaultUserAgent, type RegistryHost } from './registry-host.ts';

export interface OciSessionOptions {
  readonly plainHttp?: boolean;
  /** Go before what configurations say. */
  readonly username?: string;
  readonly password?: string;
  readonly tls?: TlsFiles;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface OciRequest
  extends Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body' | 'maximumBytes'> {
  /** The registry as references name it, to find credentials. */
  readonly registry: string;
  /** `repository:NAME:pull[,push]`; none for the registry itself. */
  readonly scope?: string;
}

export class OciSession {
  readonly host: RegistryHost;
  readonly options: OciSessionOptions;
  readonly #authorizations = new Map<string, string>();
  /** Ask for tokens by POST first, as logins do. */
  readonly #prefersOauth2: boolean;

  constructor(host: RegistryHost, options: OciSessionOptions = {}, prefersOauth2 = false) {
    this.host = host;
    this.options = options;
    this.#prefersOauth2 = prefersOauth2;
  }

  /** Sends, and once more with credentials when the registry asks for them. Rejects with GoError in oras' words. */
  async send(request: OciRequest): Promise<HttpResponse> {
    const key = `${request.registry} ${request.scope ?? ''}`;
    const known = this.#authorizations.get(key);
    const response = await this.#request(request, known);
    if (response.status !== 401 || !isSameHost(request.url, response.url)) return response;
    const authorization = await this.#answer(request, response);
    if (authorization === undefined) return response;
    this.#authorizations.set(key, authorization);
    return this.#request(request, authorization);
  }

  #request(request: OciRequest, authorization: string | undefined): Promise<HttpResponse> {
    const { options } = this;
    return this.host.http.send({
      ...request,
      headers: {
        'User-Agent': this.host.userAgent ?? defaultUserAgent,
        ...request.headers,
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      signal: options.signal,
    });
  }

  async #answer(request: OciRequest, response: HttpResponse): Promise<string | undefined> {
    const challenge = parseChallenge(response.headers.get('www-authenticate') ?? '');
    const context = `${request.method ?? 'GET'} "${request.url}"`;
    if (challenge?.scheme === 'basic') {
      return basicAnswer(await this.#credential(request.registry), context);
    }
    if (challenge?.scheme !== 'bearer') return undefined;
    const realm = checkedRealm(challenge.parameters.get('realm') ?? '', request.url, context);
    const scopes = mergeScopes(request.scope, challenge.parameters.get('scope'));
    const token = await fetchToken({
      realm,
      service: challenge.parameters.get('service') ?? '',
      scopes,
      credential: await this.#credential(request.registry),
      prefersOauth2: this.#prefersOauth2,
      send: (tokenRequest) =>
        this.#request({ ...tokenRequest, registry: request.registry, maximumBytes: 1024 * 1024 }, undefined),
      context,
    });
    return `Bearer ${token}`;
  }

  async #credential(registry: string): Promise<RegistryCredential | undefined> {
    const { username, password } = this.options;
    if (username && password) return { username, password, refreshToken: '' };
    return findCredential(registry, this.host);
  }
}

function basicAnswer(credential: RegistryCredential | undefined, context: string): string {
  if (credential === undefined) throw new GoError(`${context}: basic credential not found`);
  const header = basicAuthorization(credential.username, credential.password)['Authorization'];
  if (header === undefined) throw new GoError(`${context}: missing username or password for basic auth`);
  return header;
}

interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

function parseChallenge(header: string): Challenge | undefined {
  const match = /^\s*(\w+)\s*(.*)$/s.exec(header);
  if (match === null) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of (match[2] ?? '').matchAll(
    /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
  }
  return { scheme: (match[1] ?? '').toLowerCase(), parameters };
}

/** A token server speaks https unless the registry itself does not, and no server points into a private network. */
function checkedRealm(realm: string, registryUrl: string, context: string): string {
  const url = parseUrl(realm);
  if (url === undefined) throw new GoError(`${context}: failed to parse bearer realm "${realm}"`);
  if (url.scheme === 'http' && registryUrl.startsWith('https:')) {
    throw new GoError(`${context}: bearer realm "${realm}" uses http but registry was contacted over https`);
  }
  if (url.scheme !== 'https' && url.scheme !== 'http') {
    throw new GoError(`${context}: bearer realm "${realm}" uses unsupported scheme "${url.scheme}"`);
  }
  const name = new URL(realm).hostname;
  if (isPrivateAddress(name) && name !== new URL(registryUrl).hostname) {
    throw new GoError(
      `${context}: bearer realm host "${name}" is a loopback, link-local, private, or unspecified address`,
    );
  }
  return realm;
}

function isPrivateAddress(name: string): boolean {
  return (
    /^(?:127|10|0)\.\d+\.\d+\.\d+$|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(name) ||
    /^\[(?:::1?|f[cde].*)\]$/i.test(name)
  );
}

/** The scopes of both, actions of the same resource joined and sorted. */
export function mergeScopes(...texts: readonly (string | undefined)[]): readonly string[] {
  const actions = new Map<string, Set<string>>();
  for (const scope of texts.flatMap((text) => (text ?? '').split(' '))) {
    if (scope === '') continue;
    const colon = scope.lastIndexOf(':');
    const known = actions.get(scope.slice(0, colon)) ?? new Set();
    for (const action of scope.slice(colon + 1).split(',')) known.add(action);
    actions.set(scope.slice(0, colon), known);
  }
  return [...actions].map(([resource, names]) => `${resource}:${[...names].sort().join(',')}`).sort();
}
