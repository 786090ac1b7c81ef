/** When a request is worth repeating, and how long to wait before. */
import { setTimeout as sleep } from 'node:timers/promises';
import { requestErrorText } from '../http/request-error.ts';
import { ClusterError } from './cluster-error.ts';

interface CallPlace {
  readonly method: string;
  readonly path: string;
  readonly verb: string;
  readonly resource: string;
}

const overload: ReadonlySet<number> = new Set([429, 503]);
const serverErrors: ReadonlySet<number> = new Set([500, 502, 504]);

/** Errors that come before the server has seen anything. */
const unsent: ReadonlySet<string> = new Set(['EAI_AGAIN', 'ENOTFOUND']);
const lost: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The server says with a 500 that it cannot make sense of a patch, and will say so again. */
const misunderstood = /unable to find api field|no corresponding type|typed patch object|unmarshal|\bdecod/i;

/**
 * What became of a request that failed: it is no use to repeat it (`final`), the server did not act on it (`untouched`), or
 * it may have acted (`unclear`). `ECONNREFUSED` is final here: nobody listens, unless somebody did a moment ago
 * ({@link isGone}).
 */
export function fateOf(error: ClusterError): 'final' | 'untouched' | 'unclear' {
  if (error.status !== 0) return fateOfAnswer(error);
  if (error.reason === 'Truncated') return 'unclear';
  const code = codeOf(error.cause);
  if (unsent.has(code)) return 'untouched';
  return lost.has(code) ? 'unclear' : 'final';
}

function fateOfAnswer({ status, message }: ClusterError): 'final' | 'untouched' | 'unclear' {
  if (/etcdserver: leader changed|raft proposal dropped/.test(message)) return 'unclear';
  if (overload.has(status)) return status === 429 ? 'untouched' : 'unclear';
  return serverErrors.has(status) && !misunderstood.test(message) ? 'unclear' : 'final';
}

/** Nobody listens any more, or the connection ended without an answer: what a restarting server looks like. */
export function isGone(error: ClusterError): boolean {
  const code = codeOf(error.cause);
  return error.status === 0 && (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE');
}

const longestDelay = 3000;

/** Milliseconds: what the server asks for, else doubling from 200 with jitter. */
export function retryDelay(error: ClusterError, attempt: number): number {
  if (error.retryAfter !== undefined) return Math.min(error.retryAfter, 30) * 1000;
  return Math.min(200 * 2 ** (attempt - 1), longestDelay) * (0.75 + Math.random() / 2);
}

/** Waits, or rejects with the signal's reason. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** The error for a request that got no answer, in the words of Go's client. */
export function connectionFailure(cause: unknown, call: CallPlace, server: URL): ClusterError {
  const url = new URL(call.path, server);
  const request = { method: call.method, url: url.href };
  const message = requestErrorText(request, reasonText(cause, server));
  const reason = codeOf(cause) === 'ETIMEDOUT' ? 'Timeout' : 'Unreachable';
  return new ClusterError(message, { reason, status: 0, cause, verb: call.verb, resource: call.resource });
}

function reasonText(cause: unknown, server: URL): string {
  const address = (cause as { readonly address?: string }).address ?? server.hostname;
  const port = server.port || (server.protocol === 'http:' ? '80' : '443');
  switch (codeOf(cause)) {
    case 'ECONNREFUSED':
      return `dial tcp ${address}:${port}: connect: connection refused`;
    case 'ENOTFOUND':
      return `dial tcp: lookup ${server.hostname}: no such host`;
    case 'ETIMEDOUT':
      return `dial tcp ${address}:${port}: i/o timeout`;
    case 'ECONNRESET':
      return 'EOF';
    default:
      return cause instanceof Error ? `tls: ${cause.message}` : String(cause);
  }
}

function codeOf(cause: unknown): string {
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
