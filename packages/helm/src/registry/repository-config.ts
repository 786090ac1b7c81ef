/**
 * repositories.yaml: the repositories a user has added. Comes in: its text. Goes out: entries in order, and the text
 * again. Not its business: reaching the repositories.
 */
import { Dict, decodeBytes, emitYaml, GoError } from '@flotilla/gocompat';
import { decodeYamlStruct, type GoTarget } from '../chart/struct-decoder.ts';
import type { HostFiles } from './host-files.ts';
import type { TlsFiles } from './http-client.ts';

/** One entry of repositories.yaml; what is absent is empty. */
export interface RepositoryEntry {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
  readonly insecureSkipTlsVerify: boolean;
  /** Credentials go to every host that an index points to. */
  readonly passCredentialsAll: boolean;
}

export interface RepositoryConfig {
  readonly apiVersion: string;
  readonly generated: string;
  readonly repositories: readonly RepositoryEntry[];
}

const zeroTime = '0001-01-01T00:00:00Z';

export const emptyRepositoryConfig: RepositoryConfig = {
  apiVersion: '',
  generated: zeroTime,
  repositories: [],
};

/** An entry from what is known of it. */
export function repositoryEntry(
  known: Pick<RepositoryEntry, 'name' | 'url'> & Partial<RepositoryEntry>,
): RepositoryEntry {
  return {
    username: '',
    password: '',
    certFile: '',
    keyFile: '',
    caFile: '',
    insecureSkipTlsVerify: false,
    passCredentialsAll: false,
    ...known,
  };
}

const text: GoTarget = { kind: 'string' };
const flag: GoTarget = { kind: 'bool' };
const entryTarget: GoTarget = {
  kind: 'struct',
  name: 'Entry',
  goType: 'repo.Entry',
  fields: new Map<string, GoTarget>([
    ['name', text],
    ['url', text],
    ['username', text],
    ['password', text],
    ['certFile', text],
    ['keyFile', text],
    ['caFile', text],
    ['insecure_skip_tls_verify', flag],
    ['pass_credentials_all', flag],
  ]),
};
const fileTarget = {
  kind: 'struct',
  name: 'File',
  goType: 'repo.File',
  fields: new Map<string, GoTarget>([
    ['apiVersion', text],
    ['generated', text],
    ['repositories', { kind: 'list', of: entryTarget, goType: '[]*repo.Entry' }],
  ]),
} as const;

/** Reads the text of repositories.yaml. Throws GoError with sigs.k8s.io/yaml's text. */
export function parseRepositoryConfig(yaml: string): RepositoryConfig {
  const fields = decodeYamlStruct(yaml, fileTarget) ?? {};
  const entries = Array.isArray(fields['repositories']) ? fields['repositories'] : [];
  return {
    apiVersion: textOf(fields['apiVersion']),
    generated: textOf(fields['generated']) || zeroTime,
    repositories: entries.filter((entry) => entry !== null && entry !== undefined).map(toEntry),
  };
}

function toEntry(fields: Readonly<Record<string, unknown>>): RepositoryEntry {
  return {
    name: textOf(fields['name']),
    url: textOf(fields['url']),
    username: textOf(fields['username']),
    password: textOf(fields['password']),
    certFile: textOf(fields['certFile']),
    keyFile: textOf(fields['keyFile']),
    caFile: textOf(fields['caFile']),
    insecureSkipTlsVerify: fields['insecure_skip_tls_verify'] === true,
    passCredentialsAll: fields['pass_credentials_all'] === true,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text Helm writes: every key of every entry, sorted. */
export function formatRepositoryConfig(config: RepositoryConfig): string {
  const table = new Dict();
  table['apiVersion'] = config.apiVersion;
  table['generated'] = config.generated;
  table['repositories'] = config.repositories.map(entryTable);
  return emitYaml(table, { dialect: 'v2' });
}

function entryTable(entry: RepositoryEntry): Dict {
  const table = new Dict();
  table['caFile'] = entry.caFile;
  table['certFile'] = entry.certFile;
  table['insecure_skip_tls_verify'] = entry.insecureSkipTlsVerify;
  table['keyFile'] = entry.keyFile;
  table['name'] = entry.name;
  table['pass_credentials_all'] = entry.passCredentialsAll;
  table['password'] = entry.password;
  table['url'] = entry.url;
  table['username'] = entry.username;
  return table;
}

/** The configuration at `path`; undefined when there is no such file. Throws GoError. */
export function loadRepositoryConfig(files: HostFiles, path: string): RepositoryConfig | undefined {
  if (files.stat(path) === undefined) return undefined;
  return parseRepositoryConfig(decodeBytes(files.read(path)));
}

/** `config` with `entry` in the place of the one of the same name, or at the end. */
export function withRepository(config: RepositoryConfig, entry: RepositoryEntry): RepositoryConfig {
  const known = config.repositories.some((each) => each.name === entry.name);
  return {
    ...config,
    repositories: known
      ? config.repositories.map((each) => (each.name === entry.name ? entry : each))
      : [...config.repositories, entry],
  };
}

/** The entry a chart reference names (`repo/chart`). Throws GoError as Helm's chart downloader does. */
export function repositoryNamed(name: string, config: RepositoryConfig | undefined): RepositoryEntry {
  const entry = config?.repositories.find((each) => each.name === name);
  if (entry === undefined) throw new GoError(`repo ${name} not found`);
  if (entry.url === '') throw new GoError(`no URL found for repository ${name}`);
  return entry;
}

/** TLS files of an entry as a request takes them. */
export function tlsOf(
  entry: Pick<RepositoryEntry, 'caFile' | 'certFile' | 'keyFile' | 'insecureSkipTlsVerify'>,
): TlsFiles {
  return {
    caFile: entry.caFile,
    certFile: entry.certFile,
    keyFile: entry.keyFile,
    insecureSkipTlsVerify: entry.insecureSkipTlsVerify,
  };
}

/** Whether two entries configure the same; order and name included. */
export function equalEntries(a: RepositoryEntry, b: RepositoryEntry): boolean {
  return JSON.stringify(entryTable(a)) === JSON.stringify(entryTable(b));
}
