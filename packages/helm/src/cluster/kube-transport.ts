/**
 * KubeTransport: HTTP to one API server over kept-alive connections. Comes in: method, path, body, signal. Goes out: the
 * answer's JSON, or a ClusterError. Deals with bounded concurrency, retries with jitter, renewed credentials, proxies,
 * timeouts. Not its business: what the paths mean.
 */
import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import pLimit from 'p-limit';
import { ClusterError, statusError } from './cluster-error.ts';
import { type JsonObject, objectOf } from './json-object.ts';
import { createAgent } from './kube-agent.ts';
import type { Credentials, KubeConnection } from './kube-connection.ts';
import { connectionFailure, isRetryable, pause, retryDelay } from './retry.ts';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the server's address, without a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  /** For messages: `get` of `deployments.apps`. */
  readonly verb: string;
  readonly resource: string;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte before the request counts as lost; the transport's own unless given. */
  readonly idleTimeout?: number;
}

export interface TransportOptions {
  readonly userAgent: string;
  /** Requests in flight at once. */
  readonly concurrency?: number;
  readonly idleTimeout?: number;
  readonly attempts?: number;
}

export class KubeTransport implements AsyncDisposable {
  readonly #connection: KubeConnection;
  readonly #options: TransportOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  #agent: { readonly credentials: Credentials; readonly agent: Agent } | undefined;

  constructor(connection: KubeConnection, options: TransportOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#limit = pLimit(options.concurrency ?? 16);
  }

  /** The answer as text. */
  text(request: KubeRequest): Promise<string> {
    return this.#limit(() => this.#withRetries(request));
  }

  async json(request: KubeRequest): Promise<JsonObject> {
    const text = await this.text(request);
    return objectOf(parseAnswer(text, request)) ?? {};
  }

  /** The answer's lines as they arrive; not counted as a request in flight. */
  async *lines(request: KubeRequest): AsyncGenerator<string, void, void> {
    const response = await this.#open(request);
    let rest = '';
    response.setEncoding('utf8');
    try {
      for await (const chunk of response) {
        const parts = (rest + String(chunk)).split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts) if (line !== '') yield line;
      }
    } catch (error) {
      throw this.#failure(error, request);
    } finally {
      response.destroy();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#agent?.agent.destroy();
    this.#agent = undefined;
    return Promise.resolve();
  }

  async #withRetries(request: KubeRequest): Promise<string> {
    const attempts = this.#options.attempts ?? 5;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await bodyOf(await this.#open(request));
      } catch (error) {
        const failure = this.#failure(error, request);
        if (failure.reason === 'Unauthorized' && attempt === 1) this.#forgetCredentials();
        else if (attempt >= attempts || !isRetryable(failure, request.method)) throw failure;
        await pause(retryDelay(failure, attempt), request.signal);
      }
    }
  }

  #forgetCredentials(): void {
    this.#connection.forget();
    this.#agent = undefined;
  }

  /** Sends the request; gives the answer once its head has arrived and says success. */
  async #open(request: KubeRequest): Promise<IncomingMessage> {
    request.signal.throwIfAborted();
    const credentials = await this.#connection.credentials();
    const response = await this.#send(request, credentials);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    throw await refusal(response, request);
  }

  #send(request: KubeRequest, credentials: Credentials): Promise<IncomingMessage> {
    const { server } = this.#connection;
    const url = new URL(request.path, server);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    const options = {
      method: request.method,
      agent: this.#agentFor(credentials),
      headers: this.#headers(request, credentials, body),
      signal: request.signal,
      timeout: request.idleTimeout ?? this.#options.idleTimeout ?? 60_000,
    };
    const send = server.protocol === 'http:' ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const sent: ClientRequest = send(url, options, resolve);
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(Object.assign(new Error('i/o timeout'), { code: 'ETIMEDOUT' })));
      sent.end(body);
    });
  }

  #headers(request: KubeRequest, credentials: Credentials, body: Buffer | undefined): OutgoingHttpHeaders {
    return {
      ...(credentials.headers as OutgoingHttpHeaders),
      'User-Agent': this.#options.userAgent,
      Accept: request.accept ?? 'application/json',
      ...(body === undefined
        ? {}
        : { 'Content-Type': request.contentType ?? 'application/json', 'Content-Length': body.length }),
    };
  }

  #agentFor(credentials: Credentials): Agent {
    if (this.#agent?.credentials !== credentials) {
      this.#agent = { credentials, agent: createAgent(this.#connection, credentials) };
    }
    return this.#agent.agent;
  }

  #failure(error: unknown, request: KubeRequest): ClusterError {
    request.signal.throwIfAborted();
    if (error instanceof ClusterError) return error;
    return connectionFailure(error, request, this.#connection.server);
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The server's `Status`, or its text when it sends none (proxies in between do). */
async function refusal(response: IncomingMessage, request: KubeRequest): Promise<ClusterError> {
  const text = await bodyOf(response);
  const code = response.statusCode ?? 0;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = text.trim() === '' ? {} : { message: text.trim() };
  }
  const wait = Number(response.headers['retry-after']);
  const place = { verb: request.verb, resource: request.resource };
  const retryAfter = Number.isFinite(wait) && wait > 0 ? { retryAfter: wait } : {};
  return statusError(objectOf(parsed) ?? {}, code, { ...place, ...retryAfter });
}

/** A body as JSON. Throws ClusterError for anything else, such as a proxy's page; it shows none of the body. */
export function parseAnswer(
  body: string,
  { verb, resource }: Pick<KubeRequest, 'verb' | 'resource'>,
): unknown {
  try {
    return JSON.parse(body);
  } catch {
    const message = `the server did not answer with JSON (${verb} ${resource})`;
    throw new ClusterError(message, { reason: 'Other', status: 200, verb, resource });
  }
}
