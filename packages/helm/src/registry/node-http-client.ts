/**
 * HttpClient over node:http and node:https: kept connections, TLS from files, proxies from an environment, redirects,
 * retries, bounds in time and size. Not its business: repositories, tokens.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { requestErrorText } from '../http/request-error.ts';
import { formatUrl, type GoUrl, parseUrl, resolveReferenceUrl } from './go-url.ts';
import {
  defaultTimeoutMs,
  type HttpClient,
  HttpError,
  type HttpRequest,
  type HttpResponse,
} from './http-client.ts';
import { type AgentOptions, agentFor, closeAgents, type KeptAgents } from './node-http-agents.ts';
import { exchange } from './node-http-exchange.ts';

export interface NodeHttpClientOptions {
  /** `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY` (or in lower case) are read from here. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How often a failed exchange is tried again. */
  readonly retries?: number;
  /** Before the first retry; doubles each time, with jitter. */
  readonly retryDelayMs?: number;
}

/** A client that can be closed: kept connections end then. */
export interface NodeHttpClient extends HttpClient {
  readonly close: () => void;
}

const maximumRedirects = 10;
const maximumRetryDelayMs = 5000;
const defaultMaximumBytes = 512 * 1024 * 1024;

/** Creates the client; nothing is opened before the first request. */
export function createNodeHttpClient(options: NodeHttpClientOptions = {}): NodeHttpClient {
  const agents: KeptAgents = new Map();
  const agentOptions: AgentOptions = { environment: options.environment ?? {}, agents };
  return {
    send: (request) => sendBounded(request, options, agentOptions),
    close: () => closeAgents(agents),
  };
}

async function sendBounded(
  request: HttpRequest,
  options: NodeHttpClientOptions,
  agentOptions: AgentOptions,
): Promise<HttpResponse> {
  const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  try {
    return await sendWithRetries(request, options, { ...agentOptions, signal });
  } catch (error) {
    if (request.signal?.aborted === true)
      throw new HttpError('aborted', requestErrorText(request, 'context canceled'));
    if (deadline.aborted) {
      throw new HttpError(
        'timeout',
        requestErrorText(
          request,
          'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
        ),
        { cause: error },
      );
    }
    throw error;
  }
}

interface SendContext extends AgentOptions {
  readonly signal: AbortSignal;
}

async function sendWithRetries(
  request: HttpRequest,
  options: NodeHttpClientOptions,
  context: SendContext,
): Promise<HttpResponse> {
  const retries = options.retries ?? 3;
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptOnce(request, context);
    const isLast = attempt >= retries;
    if (outcome instanceof HttpError) {
      if (isLast || !isWorthRetry(outcome)) throw outcome;
    } else if (isLast || !isTransient(outcome.status)) return outcome;
    const after = outcome instanceof HttpError ? undefined : outcome.headers.get('retry-after');
    await sleep(retryDelay(attempt, options.retryDelayMs ?? 250, after), undefined, {
      signal: context.signal,
    });
  }
}

async function attemptOnce(request: HttpRequest, context: SendContext): Promise<HttpResponse | HttpError> {
  try {
    return await followRedirects(request, context);
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
}

/** A connection that broke may work the second time; one that was refused, or a certificate, will not. */
function isWorthRetry(error: HttpError): boolean {
  return error.failure === 'unreachable' && /connection reset|EOF|broken pipe/.test(error.message);
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501);
}

function retryDelay(attempt: number, base: number, retryAfter: string | undefined): number {
  const asked = Number(retryAfter ?? Number.NaN) * 1000;
  if (asked >= 0) return Math.min(asked, maximumRetryDelayMs);
  return Math.min(base * 2 ** attempt, maximumRetryDelayMs) * (0.9 + Math.random() * 0.2);
}

async function followRedirects(request: HttpRequest, context: SendContext): Promise<HttpResponse> {
  let url = parseUrl(request.url);
  if (url === undefined || url.host === '') {
    throw new HttpError(
      'unreachable',
      requestErrorText(request, `unsupported protocol scheme "${url?.scheme ?? ''}"`),
    );
  }
  const origin = url;
  let headers = request.headers ?? {};
  for (let hop = 0; ; hop += 1) {
    const response = await sendOnce({ ...request, url: formatUrl(url), headers }, context);
    const location = redirectTarget(request, response);
    if (location === undefined) return response;
    if (hop >= maximumRedirects) {
      throw new HttpError('unreachable', requestErrorText(request, 'stopped after 10 redirects'));
    }
    url = parseUrl(resolveReferenceUrl(`${response.url.replace(/[^/]*$/, '')}`, location) ?? '');
    if (url === undefined || url.host === '') {
      throw new HttpError(
        'unreachable',
        requestErrorText(request, `failed to parse Location header "${location}"`),
      );
    }
    if (!mayKeepCredentials(origin, url)) headers = withoutCredentials(headers);
  }
}

function redirectTarget(request: HttpRequest, response: HttpResponse): string | undefined {
  const method = request.method ?? 'GET';
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  return [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : undefined;
}

/** The same host (or one below it) on the same port, and never from https to http. */
function mayKeepCredentials(from: GoUrl, to: GoUrl): boolean {
  if (from.scheme === 'https' && to.scheme !== 'https') return false;
  const [a, b] = [hostAndPort(from), hostAndPort(to)];
  const samePort = a.port === b.port || (from.scheme !== to.scheme && a.isDefault && b.isDefault);
  return samePort && (a.name === b.name || b.name.endsWith(`.${a.name}`));
}

function hostAndPort(url: GoUrl): {
  readonly name: string;
  readonly port: string;
  readonly isDefault: boolean;
} {
  const match = /^(.*?)(?::(\d+))?$/.exec(url.host);
  const standard = url.scheme === 'https' ? '443' : '80';
  const port = match?.[2] ?? standard;
  return { name: (match?.[1] ?? '').toLowerCase(), port, isDefault: port === standard };
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !['authorization', 'cookie'].includes(name.toLowerCase())),
  );
}

async function sendOnce(request: HttpRequest, context: SendContext): Promise<HttpResponse> {
  const agent = await agentFor(request.url, request.tls ?? {}, context);
  return exchange(request, {
    agent,
    signal: context.signal,
    maximumBytes: request.maximumBytes ?? defaultMaximumBytes,
  });
}
