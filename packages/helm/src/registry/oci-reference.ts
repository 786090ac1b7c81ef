/** References to charts in registries: `host/path/name:tag@digest`, with or without `oci://`. */
import { GoError } from '@flotilla/gocompat';

export interface OciReference {
  readonly registry: string;
  readonly repository: string;
  /** As the registry knows it: `+` has become `_`. Empty when there is none. */
  readonly tag: string;
  readonly digest: string;
}

const repositoryPattern =
  /^[a-z0-9]+(?:(?:[._]|__|-*)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-*)[a-z0-9]+)*)*$/;

/** Parses a reference (Helm 4.3.1 `newReference`). Throws GoError `invalid reference: …`. */
export function parseOciReference(text: string): OciReference {
  let rest = text.startsWith('oci://') ? text.slice('oci://'.length) : text;
  const at = rest.lastIndexOf('@');
  const digest = at < 0 ? '' : rest.slice(at + 1);
  if (at >= 0) rest = rest.slice(0, at);
  const slash = rest.indexOf('/');
  if (slash < 0) throw new GoError('invalid reference: missing registry or repository');
  const registry = rest.slice(0, slash);
  const path = rest.slice(slash + 1);
  const colon = path.indexOf(':');
  const repository = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? '' : path.slice(colon + 1).replaceAll('+', '_');
  checkRegistry(registry);
  if (repository.length > 1024 || !repositoryPattern.test(repository)) {
    throw new GoError(`invalid reference: invalid repository "${repository}"`);
  }
  if (tag !== '' && !/^\w[\w.-]{0,127}$/.test(tag))
    throw new GoError(`invalid reference: invalid tag "${tag}"`);
  return { registry, repository, tag, digest };
}

/** Refuses what is no `host` or `host:port`. */
export function checkRegistry(registry: string): void {
  if (!/^[\w.\-[\]:]+$/.test(registry))
    throw new GoError(`invalid reference: invalid registry "${registry}"`);
}

/** The reference as Helm prints it. */
export function formatOciReference({ registry, repository, tag, digest }: OciReference): string {
  return tag === '' ? `${registry}/${repository}@${digest}` : `${registry}/${repository}:${tag}`;
}

/** Where a registry answers; Docker Hub's is not what its name says. */
export function registryUrl(registry: string, plainHttp: boolean): string {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  return `${plainHttp ? 'http' : 'https'}://${host}`;
}
