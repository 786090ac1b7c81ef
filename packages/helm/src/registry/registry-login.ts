/** `helm registry login` and `logout`. */
import { GoError, quote, wrapGoError } from '@flotilla/gocompat';
import { slogRecord } from '../chart/log-record.ts';
import { eraseCredential, storeCredential } from './docker-credentials.ts';
import { checkRegistry, registryUrl } from './oci-reference.ts';
import { OciSession, type OciSessionOptions } from './oci-session.ts';
import { RegistryResponseError } from './oci-token.ts';
import type { Print, RegistryHost } from './registry-host.ts';

export interface LoginOptions extends OciSessionOptions {
  readonly username: string;
  readonly password: string;
  readonly print?: Print;
}

/** Checks credentials with a registry and keeps them (Helm 4.3.1 `registry login`). Throws GoError `authenticating to …`. */
export async function loginToRegistry(
  registry: string,
  host: RegistryHost,
  options: LoginOptions,
): Promise<void> {
  if (registry.includes('/')) {
    host.log(
      slogRecord('WARN', 'registry login currently only supports registry hostname, not a repository path', [
        ['host', registry],
        ['suggested', registry.split('/', 1)[0] ?? ''],
      ]),
    );
  }
  checkRegistry(registry);
  try {
    await ping(registry, new OciSession(host, options, true));
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    await pingAgain(registry, new OciSession(host, options));
  }
  await storeCredential(registry, options, host);
  options.print?.('Login Succeeded\n');
}

async function pingAgain(registry: string, session: OciSession): Promise<void> {
  try {
    await ping(registry, session);
  } catch (error) {
    throw wrapGoError(`authenticating to ${quote(registry)}: `, error);
  }
}

async function ping(registry: string, session: OciSession): Promise<void> {
  const response = await session.send({
    registry,
    url: `${registryUrl(registry, session.options.plainHttp === true)}/v2/`,
  });
  if (response.status === 404) throw new GoError('not found');
  if (response.status !== 200) throw new RegistryResponseError('GET', response);
}

/** Forgets credentials (Helm 4.3.1 `registry logout`). */
export async function logoutFromRegistry(
  registry: string,
  host: RegistryHost,
  print: Print = () => {},
): Promise<void> {
  await eraseCredential(registry, host);
  print(`Removing login credentials for ${registry}\n`);
}
