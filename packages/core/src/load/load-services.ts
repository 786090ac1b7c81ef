/** What one load works with: ports, caches, engines. Built once per load, dropped with it. */
import { Redactor } from '@flotilla/diagnostics';
import { isRemoteReference } from '../environment/remote-reference.ts';
import { SecretFiles } from '../environment/secret-files.ts';
import type { EnvironmentServices } from '../environment/services.ts';
import { ValuesReader } from '../environment/values-reader.ts';
import type { DecodedPart } from '../merge/decode-part.ts';
import type { Ports } from '../ports/ports.ts';
import { directoryOf, resolvePath } from '../source/paths.ts';
import { EffectLedger } from '../template-context/effects.ts';
import { performEffect } from '../template-context/perform-effect.ts';
import type { TemplateWorld } from '../template-context/render-context.ts';
import { TemplateRenderer } from '../template-context/template-renderer.ts';
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

/** Go `strconv.ParseBool`, garbage being false. */
function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text);
}

/** The directory of `--file` is part of the project too. */
function namedDirectory(file: string, { files, workingDirectory }: LoadPorts): readonly string[] {
  if (file === '' || file === '-' || isRemoteReference(file)) return [];
  const path = resolvePath(workingDirectory, file);
  return [files.stat(path)?.kind === 'directory' ? path : directoryOf(path)];
}

/** Sets up a load. */
export function loadServices(options: LoadOptions, ports: LoadPorts, signal: AbortSignal): LoadServices {
  const redactor = options.redactor ?? new Redactor();
  const { files, environment, processes, secrets, fetcher, templateHost, workingDirectory } = ports;
  const noFeatures = isTrue(environment['HELMFILE_DISABLE_INSECURE_FEATURES']);
  const noFunctions = isTrue(environment['HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS']);
  const deny = new Set(options.deny ?? []);
  const world: TemplateWorld = {
    files,
    environment,
    redactor,
    deny,
    isInsecureDisabled: noFeatures || noFunctions,
    projectDirectories: [workingDirectory, ...namedDirectory(options.file ?? '', ports)],
  };
  const effects = { processes, secrets, redactor };
  const renderer = new TemplateRenderer({
    world,
    host: templateHost,
    ledger: new EffectLedger(),
    perform: async (request) => await performEffect(request, effects, signal),
  });
  return {
    ports,
    options,
    environmentName: options.environment ?? 'default',
    files,
    fetcher,
    deny,
    signal,
    renderer,
    reader: new ValuesReader(files, workingDirectory),
    secretFiles: new SecretFiles({ secrets, redactor, signal }),
    secrets,
    redactor,
    decoded: new Map(),
  };
}
