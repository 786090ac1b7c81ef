/** Refusals in the API server's words. */
import { ClusterError } from '../cluster-error.ts';
import type { KindInfo } from './catalogue.ts';

/** `deployments.apps` */
export function resourceName({ mapping: { resource, group } }: KindInfo): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** `Deployment.apps` */
function kindName({ mapping: { kind, group } }: KindInfo): string {
  return group === '' ? kind : `${kind}.${group}`;
}

export function notFound(info: KindInfo, name: string): ClusterError {
  return new ClusterError(`${resourceName(info)} ${JSON.stringify(name)} not found`, {
    reason: 'NotFound',
    status: 404,
  });
}

export function namespaceNotFound(name: string): ClusterError {
  return new ClusterError(`namespaces ${JSON.stringify(name)} not found`, {
    reason: 'NotFound',
    status: 404,
  });
}

export function alreadyExists(info: KindInfo, name: string): ClusterError {
  return new ClusterError(`${resourceName(info)} ${JSON.stringify(name)} already exists`, {
    reason: 'AlreadyExists',
    status: 409,
  });
}

export function modified(info: KindInfo, name: string): ClusterError {
  return conflict(
    `Operation cannot be fulfilled on ${resourceName(info)} ${JSON.stringify(name)}: the object has been modified; please apply your changes to the latest version and try again`,
  );
}

export function conflict(message: string): ClusterError {
  return new ClusterError(message, { reason: 'Conflict', status: 409 });
}

export function badRequest(message: string): ClusterError {
  return new ClusterError(message, { reason: 'Other', status: 400 });
}

export function internal(message: string): ClusterError {
  return new ClusterError(message, { reason: 'Other', status: 500 });
}

export function forbidden(info: KindInfo, name: string, why: string): ClusterError {
  return new ClusterError(`${resourceName(info)} ${JSON.stringify(name)} is forbidden: ${why}`, {
    reason: 'Forbidden',
    status: 403,
  });
}

export function rejectedPatch(): ClusterError {
  return new ClusterError('the server rejected our request due to an error in our request', {
    reason: 'Invalid',
    status: 422,
  });
}

export function unsupportedPatch(): ClusterError {
  const types = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';
  return new ClusterError(
    `the body of the request was in an unknown format - accepted media types include: ${types}`,
    { reason: 'UnsupportedMediaType', status: 415 },
  );
}

/** Problems are `spec.selector: Required value`; one stands alone, more come in brackets. */
export function invalid(info: KindInfo, name: string, problems: readonly string[]): ClusterError {
  const text = problems.length === 1 ? problems.join('') : `[${problems.join(', ')}]`;
  return new ClusterError(`${kindName(info)} ${JSON.stringify(name)} is invalid: ${text}`, {
    reason: 'Invalid',
    status: 422,
  });
}
