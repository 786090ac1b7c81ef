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

const transientStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Errors that come before the server has seen anything. */
const unsent: ReadonlySet<string> = new Set(['EAI_AGAIN', 'ENOTFOUND']);
const lost: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/**
 * Overload (429) never touched anything; server errors and lost connections may have, so only calls that may be made
 * twice are repeated then. `ECONNREFUSED` is final: nobody listens; so is 500, with which the server refuses patches it
 * cannot understand.
 */
export function isRetryable(error: ClusterError, method: string): boolean {
  if (error.status === 429) return true;
  if (/etcdserver: leader changed|raft proposal dropped/.test(error.message)) return true;
  const isIdempotent = method !== 'POST';
  if (error.status !== 0) return isIdempotent && transientStatuses.has(error.status);
  const code = codeOf(error.cause);
  if (unsent.has(code)) return true;
  return lost.has(code) && (isIdempotent || isStale(error.cause));
}

/** A kept-alive connection the server had closed already. */
function isStale(cause: unknown): boolean {
  return cause instanceof Error && cause.message === 'socket hang up';
}

/** Milliseconds: what the server asks for, else doubling from 200 with jitter. */
export function retryDelay(error: ClusterError, attempt: number): number {
  if (error.retryAfter !== undefined) return Math.min(error.retryAfter, 30) * 1000;
  return 200 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
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
