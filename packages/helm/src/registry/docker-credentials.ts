/**
 * Credentials for registries: Helm's registry/config.json, then Docker's config.json, with credential helpers.
 * Comes in: a registry's name. Goes out: a user and password, or a token. Not its business: whether they are accepted.
 */
import { decodeBytes, GoError, quote } from '@flotilla/gocompat';
import type { RegistryHost } from './registry-host.ts';

export interface RegistryCredential {
  readonly username: string;
  readonly password: string;
  /** An identity token that stands for both. */
  readonly refreshToken: string;
}

interface AuthEntry {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/** A Docker configuration; keys this module does not know are kept when it is written. */
interface DockerConfig {
  readonly auths?: Readonly<Record<string, AuthEntry>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/** The name under which a registry's credentials are kept. */
export function serverAddress(registry: string): string {
  return registry === 'docker.io' || registry === 'registry-1.docker.io'
    ? 'https://index.docker.io/v1/'
    : registry;
}

/** Credentials for a registry, or undefined when nothing is known. Throws GoError for an unreadable configuration. */
export async function findCredential(
  registry: string,
  host: RegistryHost,
): Promise<RegistryCredential | undefined> {
  const address = serverAddress(registry);
  for (const path of [host.paths.registryConfig, host.paths.dockerConfig]) {
    const config = readConfig(path, host);
    const credential = config === undefined ? undefined : await credentialIn(config, address, host);
    if (credential !== undefined) return credential;
  }
  return undefined;
}

/** Keeps a login (Helm 4.3.1 `registry login`): in the configured helper, else as plain text in Helm's file. */
export async function storeCredential(
  registry: string,
  credential: Pick<RegistryCredential, 'username' | 'password'>,
  host: RegistryHost,
): Promise<void> {
  const address = serverAddress(registry);
  const { username, password } = credential;
  const path = host.paths.registryConfig;
  const config = readConfig(path, host) ?? {};
  const helper = helperFor(config, address);
  if (helper !== undefined) {
    const input = JSON.stringify({ ServerURL: address, Username: username, Secret: password });
    const result = await host.runCredentialHelper(helper, 'store', input);
    if (!result.succeeded) throw new GoError(result.output);
    return;
  }
  const auth = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  writeConfig(path, { ...config, auths: { ...config.auths, [address]: { auth } } }, host);
}

/** Forgets a login (Helm 4.3.1 `registry logout`); none is fine too. */
export async function eraseCredential(registry: string, host: RegistryHost): Promise<void> {
  const address = serverAddress(registry);
  const path = host.paths.registryConfig;
  const config = readConfig(path, host);
  if (config === undefined) return;
  const helper = helperFor(config, address);
  if (helper !== undefined) {
    await host.runCredentialHelper(helper, 'erase', address);
    return;
  }
  if (config.auths?.[address] === undefined) return;
  const auths = Object.fromEntries(Object.entries(config.auths).filter(([key]) => key !== address));
  writeConfig(path, { ...config, auths }, host);
}

function readConfig(path: string, host: RegistryHost): DockerConfig | undefined {
  if (host.files.stat(path)?.kind !== 'file') return undefined;
  try {
    const text = decodeBytes(host.files.read(path));
    return text.trim() === '' ? undefined : (JSON.parse(text) as DockerConfig);
  } catch (error) {
    if (error instanceof GoError) throw error;
    throw new GoError(
      `failed to decode config file at ${path}: ${(error as Error).message}: invalid config format`,
    );
  }
}

function writeConfig(path: string, config: DockerConfig, host: RegistryHost): void {
  host.files.write(path, JSON.stringify(config, null, '\t'), 0o600);
}

function helperFor(config: DockerConfig, address: string): string | undefined {
  const name = config.credHelpers?.[address] ?? config.credsStore;
  return name === undefined || name === '' ? undefined : `docker-credential-${name}`;
}

async function credentialIn(
  config: DockerConfig,
  address: string,
  host: RegistryHost,
): Promise<RegistryCredential | undefined> {
  const helper = helperFor(config, address);
  if (helper !== undefined) return askHelper(helper, address, host);
  const { auths = {} } = config;
  const entry = auths[address] ?? auths[Object.keys(auths).find((key) => hostnameOf(key) === address) ?? ''];
  return entry === undefined ? undefined : credentialOf(entry);
}

/** Old configurations name servers by URL. */
function hostnameOf(address: string): string {
  return address.replace(/^https?:\/\//, '').split('/', 1)[0] ?? '';
}

function credentialOf(entry: AuthEntry): RegistryCredential | undefined {
  const decoded = Buffer.from(entry.auth ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const username = colon < 0 ? (entry.username ?? '') : decoded.slice(0, colon);
  const password = colon < 0 ? (entry.password ?? '') : decoded.slice(colon + 1).replace(/\0+$/, '');
  const refreshToken = entry.identitytoken ?? '';
  return username === '' && password === '' && refreshToken === ''
    ? undefined
    : { username, password, refreshToken };
}

interface HelperAnswer {
  readonly Username?: string;
  readonly Secret?: string;
}

/** What is no JSON may be a secret: the error shows none of it. */
function helperAnswer(helper: string, output: string): HelperAnswer {
  try {
    return JSON.parse(output) as HelperAnswer;
  } catch {
    throw new GoError(`credential helper ${quote(helper)} did not answer with JSON`);
  }
}

async function askHelper(
  helper: string,
  address: string,
  host: RegistryHost,
): Promise<RegistryCredential | undefined> {
  const result = await host.runCredentialHelper(helper, 'get', address);
  if (!result.succeeded) {
    if (/credentials not found/i.test(result.output)) return undefined;
    throw new GoError(result.output);
  }
  const answer = helperAnswer(helper, result.output);
  const [username = '', secret = ''] = [answer.Username, answer.Secret];
  return username === '<token>'
    ? { username: '', password: '', refreshToken: secret }
    : { username, password: secret, refreshToken: '' };
}
