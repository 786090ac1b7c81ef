/** RegistryHost: everything outside that repositories, registries, packages and dependencies need, as ports. */
import type { LogSink } from '../chart/log-record.ts';
import type { HelmPaths } from './helm-paths.ts';
import type { HostFiles } from './host-files.ts';
import type { HttpClient } from './http-client.ts';

/** Runs a Docker credential helper: `program action` with a text on its standard input. */
export type RunCredentialHelper = (
  program: string,
  action: 'get' | 'store' | 'erase',
  input: string,
) => Promise<CredentialHelperResult>;

export interface CredentialHelperResult {
  readonly succeeded: boolean;
  readonly output: string;
}

export interface RegistryHost {
  readonly http: HttpClient;
  readonly files: HostFiles;
  readonly paths: HelmPaths;
  readonly runCredentialHelper: RunCredentialHelper;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly log: LogSink;
  /** `Helm/4.3.1` unless given. */
  readonly userAgent?: string;
}

/** Where a function prints what Helm prints while it works. */
export type Print = (text: string) => void;

export const defaultUserAgent = 'Helm/4.3.1';
