/**
 * KubeTransport: HTTP to one API server over kept-alive connections. Comes in: method, path, body, signal. Goes out: the
 * answer's JSON, or a ClusterError. Deals with bounded concurrency, retries with jitter, renewed credentials, proxies,
 * timeouts. Not its business: what the paths mean.
 */
import { setMaxListeners } from 'node:events';
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import pLimit from 'p-limit';
import { Attempts } from './attempts.ts';
import { ClusterError, statusError } from './cluster-error.ts';
import { readJson, writeJson } from './exact-json.ts';
import { type JsonObject, objectOf } from './json-object.ts';
import { AgentPool } from './kube-agent.ts';
import type { Credentials, KubeConnection } from './kube-connection.ts';
import { connectionFailure, pause } from './retry.ts';

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
  /** For streams: milliseconds without a byte before the answer counts as ended. */
  readonly idleTimeout?: number;
  /** False for what must not be done twice. */
  readonly isRepeatable?: boolean;
}

export interface TransportOptions {
  readonly userAgent: string;
  /** Requests in flight at once. */
  readonly concurrency?: number;
  readonly attempts?: number;
}

export class KubeTransport implements AsyncDisposable {
  readonly #connection: KubeConnection;
  readonly #options: TransportOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #agents: AgentPool;
  #hasAnswered = false;

  constructor(connection: KubeConnection, options: TransportOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#limit = pLimit(options.concurrency ?? 16);
    this.#agents = new AgentPool(connection);
  }

  /** The answer as text. */
  text(request: KubeRequest): Promise<string> {
    return this.#limit(() => this.#attempt(request, bodyOf));
  }

  json(request: KubeRequest): Promise<JsonObject> {
    return this.#limit(() =>
      this.#attempt(
        request,
        async (response) => objectOf(parseAnswer(await bodyOf(response), request)) ?? {},
      ),
    );
  }

  /** The answer's lines as they arrive; not counted as a request in flight. */
  async *lines(request: KubeRequest): AsyncGenerator<string, void, void> {
    const response = await this.#attempt(request, (answer) => Promise.resolve(answer));
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
    this.#agents[Symbol.dispose]();
    return Promise.resolve();
  }

  /** Repeats the request as long as that makes sense, credentials renewed once when the server refuses them. */
  async #attempt<T>(request: KubeRequest, read: (answer: IncomingMessage) => Promise<T>): Promise<T> {
    const attempts = new Attempts({
      isReading: request.method === 'GET',
      isRepeatable: request.isRepeatable !== false,
      limit: this.#options.attempts ?? 5,
      hasAnswered: () => this.#hasAnswered,
      now: () => performance.now(),
    });
    // One run's signal serves all its requests.
    setMaxListeners(0, request.signal);
    for (;;) {
      request.signal.throwIfAborted();
      const credentials = await this.#connection.credentials();
      try {
        return await read(await this.#open(request, credentials, attempts.patience));
      } catch (error) {
        const failure = this.#failure(error, request);
        const isRenewed = attempts.takeRenewal(failure);
        if (isRenewed) this.#connection.forget(credentials);
        const delay = isRenewed ? 0 : attempts.after(failure);
        if (delay === undefined) throw attempts.final(failure);
        await pause(delay, request.signal);
      }
    }
  }

  /** Sends the request; gives the answer once its head has arrived and says success. */
  async #open(request: KubeRequest, credentials: Credentials, patience: number): Promise<IncomingMessage> {
    const response = await this.#send(request, credentials, patience);
    this.#hasAnswered = true;
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    throw await refusal(response, request);
  }

  #send(request: KubeRequest, credentials: Credentials, patience: number): Promise<IncomingMessage> {
    const { server } = this.#connection;
    const url = new URL(request.path, server);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const body = request.body === undefined ? undefined : Buffer.from(writeJson(request.body));
    const options = {
      method: request.method,
      agent: this.#agents.agentFor(credentials.tls),
      headers: this.#headers(request, credentials, body),
      signal: request.signal,
      timeout: patience,
    };
    const send = server.protocol === 'http:' ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const sent: ClientRequest = send(url, options, (response) => {
        if (request.idleTimeout !== undefined) sent.setTimeout(request.idleTimeout);
        resolve(response);
      });
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

/**
 * A body as JSON. Throws ClusterError for anything else, such as a proxy's page or half an answer; it shows none of the
 * body.
 */
export function parseAnswer(
  body: string,
  { verb, resource }: Pick<KubeRequest, 'verb' | 'resource'>,
): unknown {
  try {
    return readJson(body);
  } catch {
    const isCut = body === '' || body.startsWith('{');
    const message = `the server did not answer with JSON (${verb} ${resource})`;
    const reason = isCut ? 'Truncated' : 'Other';
    throw new ClusterError(message, { reason, status: isCut ? 0 : 200, verb, resource });
  }
}
