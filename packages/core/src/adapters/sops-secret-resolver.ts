import { dirname, resolve as resolvePath } from 'node:path';
import { Dict, decodeBytes, GoError, parseYaml, toJs } from '@flotilla/gocompat';
import { FileError, type Files } from '../ports/files.ts';
import { ProcessError, type Processes } from '../ports/processes.ts';
import { type DecryptedFile, SecretError, type SecretResolver } from '../ports/secret-resolver.ts';

/**
 * Secrets through the `sops` program, and those vals providers that need no service: `echo`, `file`, `sops`. In: a path, or a
 * reference `ref+provider://path?query#/key`. Out: plain text or the value behind the key. Other providers are refused by name.
 */

export interface SopsOptions {
  readonly processes: Processes;
  readonly files: Files;
  /** Directory relative paths in references mean. */
  readonly directory: string;
}

/** The SecretResolver port over `sops`. */
export function createSopsSecretResolver(options: SopsOptions): SecretResolver {
  const decrypt = (path: string, signal: AbortSignal): Promise<DecryptedFile> =>
    decryptFile(options, path, signal);
  return {
    decrypt,
    resolve: (reference, signal) => resolveReference(options, reference, signal),
  };
}

async function decryptFile(options: SopsOptions, path: string, signal: AbortSignal): Promise<DecryptedFile> {
  const content = readText(options.files, path);
  if (!isEncrypted(content)) return { content, wasEncrypted: false };
  try {
    const result = await options.processes.run(
      { command: 'sops', args: ['--decrypt', path], directory: dirname(path) },
      signal,
    );
    if (result.exitCode === 0) return { content: decodeBytes(result.stdout), wasEncrypted: true };
    const reason = decodeBytes(result.stderr).trim();
    throw new SecretError('decryption-failed', path, `cannot decrypt ${path}: ${reason}`);
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    if (error.code === 'aborted')
      throw new SecretError('failed', path, `cannot decrypt ${path}: interrupted`);
    const text = `cannot decrypt ${path}: the sops program is not installed or cannot be started`;
    throw new SecretError('sops-not-found', path, text);
  }
}

function readText(files: Files, path: string): string {
  try {
    return decodeBytes(files.read(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new SecretError('not-found', path, error.message);
  }
}

/** Every format keeps its encryption metadata under `sops`: YAML, JSON and binary as a key, INI as a section, dotenv as a prefix. */
function isEncrypted(content: string): boolean {
  return /^sops:\s*$|^sops_version=|^\[sops\]\s*$|"sops"\s*:\s*\{/m.test(content);
}

interface Reference {
  readonly provider: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly keys: readonly string[];
}

function parseReference(reference: string): Reference | undefined {
  const match = /^ref\+([a-z0-9]+):\/\/([^?#]*)(?:\?([^#]*))?(?:#\/?(.*))?$/.exec(reference);
  if (match === null) return undefined;
  const [, provider = '', path = '', query = '', fragment = ''] = match;
  const keys = fragment.split('/').filter((key) => key !== '');
  return { provider, path, query: new URLSearchParams(query), keys };
}

/** The path read as nested maps, `a/b/c` as `{a: {b: c}}`, with the keys of the fragment looked up in it. */
function echoed(parts: readonly string[], keys: readonly string[]): unknown {
  const rest = parts.slice(keys.length);
  if (rest.length === 0 || keys.some((key, index) => key !== parts[index])) return null;
  const [last = '', ...outer] = [...rest].reverse();
  return outer.reduce<unknown>((value, key) => ({ [key]: value }), last);
}

async function resolveReference(options: SopsOptions, text: string, signal: AbortSignal): Promise<unknown> {
  const reference = parseReference(text);
  if (reference === undefined) throw new SecretError('failed', text, `malformed reference ${text}`);
  const { provider, path, keys } = reference;
  switch (provider) {
    case 'echo':
      return keys.length === 0 ? path : echoed(path.split('/'), keys);
    case 'file':
      return pick(readText(options.files, resolvePath(options.directory, path)), reference);
    case 'sops': {
      const { content } = await decryptFile(options, resolvePath(options.directory, path), signal);
      return pick(content, reference);
    }
    default: {
      const message = `the secret provider "${provider}" is not supported yet`;
      throw new SecretError('unsupported-provider', `ref+${provider}://…`, message);
    }
  }
}

/** The whole text, or the value its keys lead to; null where they lead nowhere, as vals has it. */
function pick(content: string, { keys, query, path }: Reference): unknown {
  if (keys.length === 0) {
    return query.get('encode') === 'base64' ? Buffer.from(content, 'utf8').toString('base64') : content;
  }
  try {
    let value: unknown = parseYaml(content, { dialect: 'v3' });
    for (const key of keys) value = value instanceof Dict && key in value ? value[key] : null;
    return toJs(value);
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    throw new SecretError('failed', path, `cannot read ${path}: ${error.message}`);
  }
}
