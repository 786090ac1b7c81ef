import type { Repository } from '../ports/executor.ts';
import type { RepositorySpec } from '../spec/state-spec.ts';
import { applyMirrors, type Mirror } from './mirrors.ts';

export interface RepositoryContext {
  /** The process environment: `<NAME>_USERNAME` and `<NAME>_PASSWORD` fill in for absent credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly mirrors: readonly Mirror[];
}

/** A repository as declared, with its credentials and behind its mirror. */
export function resolveRepository(spec: RepositorySpec, context: RepositoryContext): Repository {
  const name = spec.name ?? '';
  const prefix = name.toUpperCase().replaceAll('-', '_');
  const username = firstFilled(spec.username, context.environment[`${prefix}_USERNAME`]);
  const password = firstFilled(spec.password, context.environment[`${prefix}_PASSWORD`]);
  const isOci = spec.oci === true;
  return {
    name,
    url: mirrored(spec.url ?? '', isOci, context.mirrors),
    isOci,
    ...given('caFile', spec.caFile),
    ...given('certFile', spec.certFile),
    ...given('keyFile', spec.keyFile),
    ...given('username', username),
    ...given('password', password),
    ...given('registryConfig', spec.registryConfig),
    ...given('keyring', spec.keyring),
    ...given('managed', spec.managed),
    ...(spec.verify === true ? { verify: true } : {}),
    ...(spec.passCredentials === true ? { passCredentials: true } : {}),
    ...(spec.skipTLSVerify === true ? { skipTlsVerify: true } : {}),
    ...(spec.plainHttp === true ? { plainHttp: true } : {}),
  };
}

/** The repository in front of the first slash of a chart. */
export function repositoryOf(chart: string, repositories: readonly Repository[]): Repository | undefined {
  const slash = chart.indexOf('/');
  if (slash === -1) return undefined;
  const name = chart.slice(0, slash);
  return repositories.find((repository) => repository.name === name);
}

/** Registries are written without a scheme; mirrors of them may have one. */
function mirrored(url: string, isOci: boolean, mirrors: readonly Mirror[]): string {
  const direct = applyMirrors(url, mirrors);
  if (!isOci || direct !== url || url.startsWith('oci://')) return direct;
  return applyMirrors(`oci://${url}`, mirrors).slice('oci://'.length);
}

function firstFilled(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text !== '');
}

function given<K extends string>(key: K, text: string | undefined): { readonly [key in K]?: string } {
  return text === undefined || text === '' ? {} : ({ [key]: text } as { readonly [key in K]: string });
}
