import { type Diagnostic, formatDiagnostic, Redactor } from '@flotilla/diagnostics';
import { GoTime, toGoJson } from '@flotilla/gocompat';
import type { DesiredRelease, DesiredState } from '../desired/desired-state.ts';
import { FetchError } from '../ports/fetcher.ts';
import { FileError, type Files } from '../ports/files.ts';
import type { ProcessRequest, ProcessResult } from '../ports/processes.ts';
import { SecretError, type SecretResolver } from '../ports/secret-resolver.ts';
import { filesOf } from '../source/source.test-support.ts';
import { loadDesiredState } from './load-desired-state.ts';
import type { LoadOptions } from './load-options.ts';
import type { LoadPorts } from './load-services.ts';

export interface Given {
  /** Contents by path below `/p`, or absolute. */
  readonly files: Readonly<Record<string, string>>;
  readonly options?: LoadOptions;
  readonly environment?: Readonly<Record<string, string>>;
  /** stdout by `command arg…`; anything else exits with 1. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Values by `ref+…`. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  /** Absolute paths of encrypted files with their plain text. */
  readonly encrypted?: Readonly<Record<string, string>>;
  /** Local paths by remote reference. */
  readonly remote?: Readonly<Record<string, readonly string[]>>;
}

export interface Loaded {
  readonly state: DesiredState | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly redactor: Redactor;
  /** Programs that ran, in order. */
  readonly ran: readonly string[];
}

const utc = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };

function portsOf(given: Given, ran: string[]): LoadPorts {
  const table = Object.entries(given.files).map(([path, text]): [string, string] => [
    path.startsWith('/') ? path : `/p/${path}`,
    text,
  ]);
  const files = strict(filesOf(Object.fromEntries(table)));
  return {
    files,
    environment: given.environment ?? {},
    workingDirectory: '/p',
    processes: { locate: (command) => `/bin/${command}`, run: (request) => runProgram(given, request, ran) },
    fetcher: {
      fetch: ({ url }) => {
        const paths = given.remote?.[url];
        if (paths !== undefined) return Promise.resolve(paths);
        return Promise.reject(new FetchError('failed', url, `cannot fetch ${url}`));
      },
    },
    secrets: secretsOf(given, files),
    templateHost: {
      now: () => new GoTime(0, 0, utc),
      localZone: () => utc,
      env: (name) => given.environment?.[name],
      randomBytes: (count) => new Uint8Array(count),
      lookupHost: () => [],
    },
  };
}

/** Lists only what is there. */
function strict(files: Files): Files {
  return {
    ...files,
    list: (path) => {
      if (files.stat(path) !== undefined) return files.list(path);
      throw new FileError('not-found', path, `open ${path}: no such file or directory`);
    },
  };
}

function runProgram(
  given: Given,
  { command, args, stdin = '' }: ProcessRequest,
  ran: string[],
): Promise<ProcessResult> {
  const call = [command, ...args].join(' ');
  ran.push(call);
  const stdout = given.programs?.[call]?.replace('<stdin>', stdin);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const failure = 'no such call\n';
  return Promise.resolve({
    exitCode: stdout === undefined ? 1 : 0,
    signal: undefined,
    isTimedOut: false,
    stdout: encode(stdout ?? ''),
    stderr: encode(stdout === undefined ? failure : ''),
    combined: encode(stdout ?? failure),
    durationMs: 0,
  });
}

function secretsOf(given: Given, files: Files): SecretResolver {
  return {
    resolve: (reference) => {
      if (Object.hasOwn(given.secrets ?? {}, reference)) return Promise.resolve(given.secrets?.[reference]);
      return Promise.reject(new SecretError('not-found', reference, 'no such secret'));
    },
    decrypt: (path) => {
      const content = given.encrypted?.[path];
      if (content === 'broken') return Promise.reject(new SecretError('decryption-failed', path, 'no key'));
      const plain = content ?? new TextDecoder().decode(files.read(path));
      return Promise.resolve({ content: plain, wasEncrypted: content !== undefined });
    },
  };
}

/** Loads files from memory. */
export async function load(given: Given): Promise<Loaded> {
  const ran: string[] = [];
  const redactor = new Redactor();
  const { value: state, diagnostics } = await loadDesiredState(
    { redactor, ...given.options },
    portsOf(given, ran),
    new AbortController().signal,
  );
  return { state, diagnostics, redactor, ran };
}

/** `.Values` of the file visited last, as JSON; the problems when there are any. */
export async function valuesOf(given: Given): Promise<string> {
  const { state, diagnostics } = await load(given);
  const last = state?.files.at(-1);
  return last === undefined ? referenceTexts(diagnostics).join('\n') : toGoJson(last.values);
}

/** All releases, in order. */
export async function releasesOf(given: Given): Promise<readonly DesiredRelease[]> {
  const { state, diagnostics } = await load(given);
  if (state === undefined) throw new Error(referenceTexts(diagnostics).join('\n'));
  return state.files.flatMap((file) => file.releases);
}

/** What Helmfile prints, for every error that it has too. */
function referenceTexts(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .filter((each) => each.severity === 'error')
    .map((each) => each.referenceText ?? `[${each.message}]`);
}

/** Helmfile's texts of the errors of a load. */
export async function errorsOf(given: Given): Promise<readonly string[]> {
  return referenceTexts((await load(given)).diagnostics);
}

/** Every diagnostic with its frame. */
export async function framesOf(given: Given): Promise<string> {
  return (await load(given)).diagnostics.map((each) => formatDiagnostic(each)).join('\n');
}
