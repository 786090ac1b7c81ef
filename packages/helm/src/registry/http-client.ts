/**
 * HttpClient: the port through which repositories and registries are reached. Comes in: a request, bounded in time and
 * size. Goes out: the whole response, whatever its status, or an HttpError with Go's text when there is none.
 * Not its business: what a status means, who may see which credentials at first (redirects are its business).
 */
import { GoError } from '@flotilla/gocompat';

/** TLS settings as Helm's flags and repositories.yaml give them: paths of PEM files. */
export interface TlsFiles {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly insecureSkipTlsVerify?: boolean;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly tls?: TlsFiles;
  /** For the whole exchange, redirects and retries included; Helm's 120 seconds unless given. */
  readonly timeoutMs?: number;
  /** Largest response body that is read. */
  readonly maximumBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Code and reason, as Go's `Response.Status`. */
  readonly statusLine: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Where the response came from, after redirects. */
  readonly url: string;
}

export interface HttpClient {
  /**
   * Sends a request and reads the whole response. Follows redirects of GET and HEAD; `Authorization` is dropped when one
   * leads to another host or port, or from https to http. Retries 429 and 5xx answers and broken connections.
   * Rejects with HttpError.
   */
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
}

export type HttpFailure = 'unreachable' | 'timeout' | 'tls' | 'too-large' | 'aborted';

/** No response: `message` is what Go's http client says. */
export class HttpError extends GoError {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

export const defaultTimeoutMs = 120_000;

/** `Authorization` for a user and password; nothing when either is empty, as Helm. */
export function basicAuthorization(
  username: string | undefined,
  password: string | undefined,
): Record<string, string> {
  if (!username || !password) return {};
  return { Authorization: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}` };
}
