import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A proxy on loopback in front of a control plane, that does what networks and servers do on bad days. What happens to
 * a request is decided by the test, from the request alone; nothing happens unless told.
 */

export interface ProxiedRequest {
  /** Counts from 0 in the order of arrival. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly isWatch: boolean;
  readonly authorization: string;
}

export type Fate =
  /** `answered` is called once the server has acted, before its answer goes on. */
  | { readonly kind: 'pass'; readonly answered?: () => Promise<void> }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The server never sees the request. */
  | { readonly kind: 'answer'; readonly status: number; readonly reason?: string; readonly message?: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'stall' }
  /** The server acts, and the client does not learn of it. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'cut' };

export type Decide = (request: ProxiedRequest) => Fate | Promise<Fate>;

export interface FaultProxy extends AsyncDisposable {
  readonly kubeconfig: string;
  /** Every request so far. */
  readonly requests: readonly ProxiedRequest[];
  /** From now on. */
  decide(decide: Decide): void;
  /** Ends all connections, watches too. */
  disconnect(): void;
  /** Nobody listens until {@link FaultProxy.listen}. */
  close(): Promise<void>;
  listen(): Promise<void>;
}

export const pass: Fate = { kind: 'pass' };

export async function startFaultProxy(kubeconfig: string): Promise<FaultProxy> {
  const proxy = new LoopbackProxy(kubeconfig);
  await proxy.listen();
  return proxy;
}

class LoopbackProxy implements FaultProxy {
  readonly kubeconfig: string;
  readonly requests: ProxiedRequest[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'flotilla-fault-proxy-'));
  readonly #upstream: URL;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  readonly #server: Server;
  #port = 0;
  #decide: Decide = () => pass;

  constructor(kubeconfig: string) {
    const text = readFileSync(kubeconfig, 'utf8');
    this.#upstream = new URL(/server: "?([^"\s}]+)/.exec(text)?.[1] ?? '');
    this.#token = /token: "?([^"\s}]+)/.exec(text)?.[1] ?? '';
    this.kubeconfig = join(this.#folder, 'kubeconfig');
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => request.socket.destroy());
    });
  }

  decide(decide: Decide): void {
    this.#decide = decide;
  }

  disconnect(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.disconnect();
    await closed;
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(this.#port, '127.0.0.1', done));
    this.#port = (this.#server.address() as AddressInfo).port;
    writeFileSync(this.kubeconfig, kubeconfigFor(`http://127.0.0.1:${this.#port}`, this.#token));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.close();
    this.#agent.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const url = new URL(request.url ?? '/', this.#upstream);
    const seen: ProxiedRequest = {
      index: this.requests.length,
      method: request.method ?? '',
      path: url.pathname,
      isWatch: url.searchParams.get('watch') === 'true',
      authorization: request.headers.authorization ?? '',
    };
    this.requests.push(seen);
    const fate = await this.#decide(seen);
    switch (fate.kind) {
      case 'answer':
        return answer(response, fate);
      case 'reset':
        request.socket.destroy();
        return;
      case 'stall':
        return;
      case 'slow':
        await new Promise((done) => setTimeout(done, fate.milliseconds));
        break;
      default:
    }
    await this.#forward({ request, response, body, url, fate });
  }

  async #forward({ request, response, body, url, fate }: Forwarded): Promise<void> {
    const upstream = await this.#send(request, url, body);
    if (url.searchParams.get('watch') === 'true') {
      response.writeHead(upstream.statusCode ?? 502, upstream.headers);
      response.flushHeaders();
      response.once('close', () => upstream.destroy());
      upstream.once('error', () => response.destroy());
      upstream.pipe(response);
      return;
    }
    const answered = await bytesOf(upstream);
    if (fate.kind === 'pass') await fate.answered?.();
    if (fate.kind === 'lost') {
      request.socket.destroy();
      return;
    }
    const { 'transfer-encoding': _, ...headers } = upstream.headers;
    response.writeHead(upstream.statusCode ?? 502, { ...headers, 'content-length': answered.length });
    if (fate.kind !== 'cut') response.end(answered);
    else response.write(answered.subarray(0, answered.length / 2), () => request.socket.destroy());
  }

  #send(request: IncomingMessage, url: URL, body: Buffer): Promise<IncomingMessage> {
    const { host: _, ...headers } = request.headers;
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(url, { method: request.method, headers, agent: this.#agent }, resolve);
      sent.once('error', reject);
      sent.end(body);
    });
  }
}

interface Forwarded {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly url: URL;
  readonly fate: Fate;
}

function answer(response: ServerResponse, fate: Extract<Fate, { readonly kind: 'answer' }>): void {
  const { status, reason = '', message = `answered ${status} by the test` } = fate;
  const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, reason, message };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function kubeconfigFor(server: string, token: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{name: proxied, cluster: {server: "${server}"}}]
users: [{name: admin, user: {token: "${token}"}}]
contexts: [{name: proxied, context: {cluster: proxied, user: admin}}]
current-context: proxied
`;
}

/** Numbers from 0 to below 1, the same for the same seed. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
