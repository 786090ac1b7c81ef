/** Tokens for registries: the distribution specification's GET and OAuth2's POST; and what registries say on failure. */
import { formatValue, fromJs, GoError } from '@flotilla/gocompat';
import type { RegistryCredential } from './docker-credentials.ts';
import { basicAuthorization, type HttpRequest, type HttpResponse } from './http-client.ts';

export interface TokenRequest {
  readonly realm: string;
  readonly service: string;
  readonly scopes: readonly string[];
  readonly credential: RegistryCredential | undefined;
  readonly prefersOauth2: boolean;
  readonly send: (request: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>) => Promise<HttpResponse>;
  /** Method and URL of the request that needs the token, for errors. */
  readonly context: string;
}

/** A bearer token. Rejects with GoError, or RegistryResponseError when the token server refuses. */
export async function fetchToken(request: TokenRequest): Promise<string> {
  const { credential } = request;
  const usesOauth2 = credential !== undefined && (credential.refreshToken !== '' || request.prefersOauth2);
  const response = usesOauth2 ? await postForToken(request, credential) : await getToken(request);
  if (response.status !== 200) {
    const method = usesOauth2 ? 'POST' : 'GET';
    throw new RegistryResponseError(method, response, `${request.context}: `);
  }
  return tokenOf(response, request.context);
}

function getToken({ realm, service, scopes, credential, send }: TokenRequest): Promise<HttpResponse> {
  const url = new URL(realm);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  if (service !== '') url.searchParams.set('service', service);
  url.searchParams.sort();
  return send({ url: url.href, headers: basicAuthorization(credential?.username, credential?.password) });
}

function postForToken(request: TokenRequest, credential: RegistryCredential): Promise<HttpResponse> {
  const form = new URLSearchParams();
  if (credential.refreshToken !== '') {
    form.set('grant_type', 'refresh_token');
    form.set('refresh_token', credential.refreshToken);
  } else if (credential.username !== '' && credential.password !== '') {
    form.set('grant_type', 'password');
    form.set('username', credential.username);
    form.set('password', credential.password);
  } else {
    throw new GoError(`${request.context}: missing username or password for bearer auth`);
  }
  form.set('service', request.service);
  form.set('client_id', 'flotilla');
  if (request.scopes.length > 0) form.set('scope', request.scopes.join(' '));
  return request.send({
    method: 'POST',
    url: request.realm,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString(), 'utf8'),
  });
}

function tokenOf(response: HttpResponse, context: string): string {
  const answer = parseObject(response.body);
  const token = answer?.['access_token'] || answer?.['token'];
  if (typeof token === 'string') return token;
  throw new GoError(`${context}: GET "${response.url}": empty token returned`);
}

/** A registry's refusal in oras' words: `GET "URL": response status code 404: name unknown: …`. */
export class RegistryResponseError extends GoError {
  readonly status: number;

  constructor(method: string, response: HttpResponse, prefix = '') {
    super(
      `${prefix}${method} "${response.url}": response status code ${response.status}: ${refusal(response)}`,
    );
    this.status = response.status;
  }
}

function refusal(response: HttpResponse): string {
  const errors = parseObject(response.body)?.['errors'];
  const texts = Array.isArray(errors) ? errors.map(errorText) : [];
  return texts.length > 0 ? texts.join('; ') : response.statusLine.replace(/^\d+ ?/, '');
}

function errorText(error: unknown): string {
  const { code, message, detail } = error as {
    readonly code?: string;
    readonly message?: string;
    readonly detail?: unknown;
  };
  const name = String(code ?? '')
    .toLowerCase()
    .replaceAll('_', ' ');
  if (!message) return name;
  if (detail === undefined || detail === null) return `${name}: ${message}`;
  return `${name}: ${message}: ${formatValue(fromJs(detail, 'float64'))}`;
}

function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  if (body.length > 1024 * 1024) return undefined;
  try {
    const value = JSON.parse(Buffer.from(body).toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
