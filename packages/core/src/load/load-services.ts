/** What one load works with: ports, caches, engines. Built once per load, dropped with it. */

import { Redactor } from '@flotilla/diagnostics';
import { directoryOf } from '@flotilla/gocompat';
import { isRemoteReference } from '../environment/remote-reference.ts';
import { SecretFiles } from '../environment/secret-files.ts';
import type { EnvironmentServices } from '../environment/services.ts';
import { ValuesReader } from '../environment/values-reader.ts';
import type { DecodedPart } from '../merge/decode-part.ts';
import type { Ports } from '../ports/ports.ts';
import { resolvePath } from '../source/paths.ts';
import { createRenderer } from '../template-context/create-renderer.ts';
import type { LoadOptions } from './load-options.ts';

export interface LoadServices extends EnvironmentServices {
  readonly ports: LoadPorts;
  readonly options: LoadOptions;
  /** `-e`, `default` when not given. */
  readonly environmentName: string;
  /** Parts decoded before, by name and text: bases are shared by many files. */
  readonly decoded: Map<string, DecodedPart>;
}

/** The subset of the ports a load needs. */
export type LoadPorts = Pick<
  Ports,
  'files' | 'processes' | 'fetcher' | 'secrets' | 'templateHost' | 'environment' | 'workingDirectory'
>;

/** Directories whose files `--deny read` does not forbid: the working directory, and that of `--file`. */
export function projectDirectories(file: string, ports: LoadPorts): readonly string[] {
  return [ports.workingDirectory, ...namedDirectory(file, ports)];
}

function namedDirectory(file: string, { files, workingDirectory }: LoadPorts): readonly string[] {
  if (file === '' || file === '-' || isRemoteReference(file)) return [];
  const path = resolvePath(workingDirectory, file);
  return [files.stat(path)?.kind === 'directory' ? path : directoryOf(path)];
}

/** Sets up a load. */
export function loadServices(options: LoadOptions, ports: LoadPorts, signal: AbortSignal): LoadServices {
  const redactor = options.redactor ?? new Redactor();
  const { files, secrets, fetcher, workingDirectory } = ports;
  const deny = new Set(options.deny ?? []);
  const directories = projectDirectories(options.file ?? '', ports);
  return {
    ports,
    options,
    environmentName: options.environment ?? 'default',
    files,
    fetcher,
    deny,
    signal,
    renderer: createRenderer({ ports, redactor, signal, deny, projectDirectories: directories }),
    reader: new ValuesReader(files, workingDirectory),
    secretFiles: new SecretFiles({ secrets, redactor, signal }),
    decoded: new Map(),
  };
}
