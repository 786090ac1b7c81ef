import { GoError } from '@flotilla/gocompat';
import { type JsonObject, numberAt, textAt } from './json-object.ts';

/** Kubernetes' status reasons that callers tell apart, and our own for what never reached a server. */
export type ClusterErrorReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Forbidden'
  | 'Unauthorized'
  | 'Invalid'
  | 'Expired'
  | 'UnsupportedMediaType'
  | 'TooManyRequests'
  | 'Timeout'
  | 'NoMatch'
  | 'Unreachable'
  /** The answer ended before it was whole. */
  | 'Truncated'
  | 'Configuration'
  | 'Other';

export interface ClusterErrorShape {
  readonly reason: ClusterErrorReason;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** What was tried: `patch` of `deployments.apps`. */
  readonly verb?: string;
  readonly resource?: string;
  /** Seconds the server wants to be left alone. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
  /** True when an earlier attempt of the same request may have been carried out. */
  readonly isRepeated?: boolean;
}

/** A call the cluster refused or never got; the message is what Kubernetes' own client would print. */
export class ClusterError extends GoError {
  readonly reason: ClusterErrorReason;
  readonly status: number;
  readonly verb: string;
  readonly resource: string;
  readonly retryAfter: number | undefined;
  readonly isRepeated: boolean;

  constructor(message: string, shape: ClusterErrorShape) {
    super(message, { cause: shape.cause });
    this.reason = shape.reason;
    this.status = shape.status;
    this.verb = shape.verb ?? '';
    this.resource = shape.resource ?? '';
    this.retryAfter = shape.retryAfter;
    this.isRepeated = shape.isRepeated ?? false;
  }
}

const reasons: ReadonlySet<string> = new Set<ClusterErrorReason>([
  'NotFound',
  'AlreadyExists',
  'Conflict',
  'Forbidden',
  'Unauthorized',
  'Invalid',
  'Expired',
  'UnsupportedMediaType',
  'TooManyRequests',
  'Timeout',
]);

const reasonsByStatus: ReadonlyMap<number, ClusterErrorReason> = new Map<number, ClusterErrorReason>([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [409, 'Conflict'],
  [410, 'Expired'],
  [415, 'UnsupportedMediaType'],
  [422, 'Invalid'],
  [429, 'TooManyRequests'],
  [504, 'Timeout'],
]);

/** The error for a `Status` object of the server. */
export function statusError(
  status: JsonObject,
  httpStatus: number,
  call: { readonly verb: string; readonly resource: string; readonly retryAfter?: number },
): ClusterError {
  const code = numberAt(status, 'code') ?? httpStatus;
  const named = textAt(status, 'reason');
  const reason = reasons.has(named) ? (named as ClusterErrorReason) : (reasonsByStatus.get(code) ?? 'Other');
  // The server's own word for 401 is replaced, as Go's client does.
  const message = (code === 401 ? '' : textAt(status, 'message')) || defaultMessage(code, call);
  return new ClusterError(message, { reason, status: code, ...call });
}

function defaultMessage(code: number, { verb, resource }: { verb: string; resource: string }): string {
  if (code === 404) return 'the server could not find the requested resource';
  if (code === 401) return 'the server has asked for the client to provide credentials';
  if (code === 403) return `forbidden: cannot ${verb} ${resource}`;
  return `an error on the server (${JSON.stringify('unknown')}) has prevented the request from succeeding`;
}

/** The error as it is when the request was sent before, and may have been carried out then. */
export function asRepeated(error: ClusterError): ClusterError {
  const { reason, status, verb, resource, retryAfter, cause } = error;
  const known = retryAfter === undefined ? {} : { retryAfter };
  return new ClusterError(error.message, {
    reason,
    status,
    verb,
    resource,
    cause,
    isRepeated: true,
    ...known,
  });
}

export function hasReason(error: unknown, reason: ClusterErrorReason): error is ClusterError {
  return error instanceof ClusterError && error.reason === reason;
}

export const isNotFound = (error: unknown): error is ClusterError => hasReason(error, 'NotFound');
