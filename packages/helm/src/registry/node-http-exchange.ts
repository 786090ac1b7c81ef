/** One request and its response over node:http or node:https, the body read whole within a bound. */
import {
  type Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  STATUS_CODES,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { requestErrorText } from '../http/request-error.ts';
import { HttpError, type HttpFailure, type HttpRequest, type HttpResponse } from './http-client.ts';

export interface ExchangeOptions {
  readonly agent: Agent | undefined;
  readonly signal: AbortSignal;
  readonly maximumBytes: number;
}

/** Rejects with HttpError. */
export function exchange(request: HttpRequest, options: ExchangeOptions): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(networkError(request, error));
    const outgoing = openRequest(request, options);
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      readBody(incoming, options.maximumBytes).then(
        (body) => resolve(responseOf(request, incoming, body)),
        (error: unknown) => {
          outgoing.destroy();
          fail(error);
        },
      );
    });
    outgoing.end(request.body);
  });
}

function openRequest(request: HttpRequest, options: ExchangeOptions): ClientRequest {
  const url = new URL(request.url);
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const length = request.body === undefined ? {} : { 'Content-Length': String(request.body.length) };
  return open(url, {
    method: request.method ?? 'GET',
    headers: { ...request.headers, ...length },
    signal: options.signal,
    ...(options.agent === undefined ? {} : { agent: options.agent }),
  });
}

async function readBody(incoming: IncomingMessage, maximumBytes: number): Promise<Uint8Array> {
  const declared = Number(incoming.headers['content-length'] ?? 0);
  if (declared > maximumBytes) throw tooLarge(maximumBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > maximumBytes) throw tooLarge(maximumBytes);
    chunks.push(bytes);
  }
  return chunks.length === 1 ? (chunks[0] ?? new Uint8Array()) : Buffer.concat(chunks);
}

function tooLarge(maximumBytes: number): HttpError {
  return new HttpError('too-large', `response is larger than the maximum of ${maximumBytes} bytes`);
}

function responseOf(request: HttpRequest, incoming: IncomingMessage, body: Uint8Array): HttpResponse {
  const status = incoming.statusCode ?? 0;
  const reason = incoming.statusMessage || (STATUS_CODES[status] ?? '');
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return { status, statusLine: `${status} ${reason}`.trimEnd(), headers, body, url: request.url };
}

function networkError(request: HttpRequest, error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const [failure, reason] = classify(error as NodeJS.ErrnoException & Partial<Address>);
  return new HttpError(failure, requestErrorText(request, reason), { cause: error });
}

interface Address {
  readonly address: string;
  readonly port: number;
  readonly hostname: string;
  readonly errors: readonly unknown[];
}

const certificateFailures: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'x509: certificate signed by unknown authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'x509: certificate signed by unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'x509: certificate signed by unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'x509: certificate signed by unknown authority',
  CERT_HAS_EXPIRED: 'x509: certificate has expired or is not yet valid',
};

function classify(error: NodeJS.ErrnoException & Partial<Address>): readonly [HttpFailure, string] {
  const [inner] = error.errors ?? [];
  if (inner !== undefined) return classify(inner as NodeJS.ErrnoException & Partial<Address>);
  const code = error.code ?? '';
  const certificate = certificateFailures[code];
  if (certificate !== undefined) return ['tls', `tls: failed to verify certificate: ${certificate}`];
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return ['tls', `tls: failed to verify certificate: x509: ${error.message}`];
  }
  if (/wrong version number|packet length too long/.test(error.message)) {
    return ['tls', 'http: server gave HTTP response to HTTPS client'];
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return ['tls', `remote error: tls: ${error.message}`];
  switch (code) {
    case 'ECONNREFUSED':
      return ['unreachable', `dial tcp ${error.address}:${error.port}: connect: connection refused`];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return ['unreachable', `dial tcp: lookup ${error.hostname}: no such host`];
    case 'ECONNRESET':
      return ['unreachable', /socket hang up/.test(error.message) ? 'EOF' : 'read: connection reset by peer'];
    case 'EPIPE':
      return ['unreachable', 'write: broken pipe'];
    default:
      return ['unreachable', error.message];
  }
}
