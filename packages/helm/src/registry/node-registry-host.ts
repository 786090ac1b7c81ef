/** RegistryHost on Node: the process's network, disk, clock and credential helpers, found through an environment. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { discardLog, type LogSink } from '../chart/log-record.ts';
import { type HelmEnvironment, type HelmPaths, helmPaths } from './helm-paths.ts';
import { nodeHostFiles } from './node-host-files.ts';
import { createNodeHttpClient, type NodeHttpClient, type NodeHttpClientOptions } from './node-http-client.ts';
import type { CredentialHelperResult, RegistryHost } from './registry-host.ts';

export interface NodeRegistryHostOptions {
  readonly environment: HelmEnvironment;
  readonly platform: string;
  readonly homeDirectory: string;
  /** Directory that relative paths mean. */
  readonly directory: string;
  readonly log?: LogSink;
  /** Paths that flags set. */
  readonly paths?: Partial<HelmPaths>;
  readonly http?: Omit<NodeHttpClientOptions, 'environment'>;
}

export interface NodeRegistryHost extends RegistryHost {
  readonly http: NodeHttpClient;
}

/** Creates the host; close its `http` when done. */
export function createNodeRegistryHost(options: NodeRegistryHostOptions): NodeRegistryHost {
  const { environment, log = discardLog } = options;
  return {
    http: createNodeHttpClient({ ...options.http, environment }),
    files: nodeHostFiles(options.directory),
    paths: { ...helmPaths(options), ...options.paths },
    runCredentialHelper: (program, action, input) => runHelper(environment, [program, action], input),
    now: () => Date.now(),
    randomBytes: (count) => randomBytes(count),
    log,
  };
}

const helperTimeoutMs = 30_000;
const maximumHelperOutput = 1024 * 1024;

/** Runs `docker-credential-…`; a missing program is a failure with the text Go has for it. */
function runHelper(
  environment: HelmEnvironment,
  [program, action]: readonly [string, string],
  input: string,
): Promise<CredentialHelperResult> {
  return new Promise((resolve) => {
    const child = spawn(program, [action], {
      env: { ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: helperTimeoutMs,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < maximumHelperOutput) output += text;
    });
    child.on('error', () =>
      resolve({ succeeded: false, output: `exec: "${program}": executable file not found in $PATH` }),
    );
    child.on('close', (code) => resolve({ succeeded: code === 0, output: output.trimEnd() }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
