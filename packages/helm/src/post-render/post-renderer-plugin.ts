/**
 * Post-renderers outside of this process: plugins of Helm, and commands. Comes in: a name and arguments. Goes out: a
 * function from manifests to manifests. Not its business: what becomes of the manifests.
 */
import { join } from 'node:path';
import { ProcessError, type Processes, type ProcessResult } from '@flotilla/core';
import { Dict, decodeBytes, GoError, orUndefined, parseYaml, quote, trimSpace } from '@flotilla/gocompat';
import type { HostFiles } from '../registry/host-files.ts';
import type { PostRender } from './post-render.ts';

export interface PostRendererHost {
  readonly files: HostFiles;
  readonly processes: Processes;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Node's names for the system and its processor. */
  readonly platform: string;
  readonly architecture: string;
  /** Folders with a plugin in each sub-folder (HELM_PLUGINS). */
  readonly pluginFolders: readonly string[];
  /** Where children run, absolute. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

interface Plugin {
  readonly name: string;
  readonly folder: string;
  readonly runtime: string;
  readonly commands: readonly PlatformCommand[];
}

interface PlatformCommand {
  readonly os: string;
  readonly arch: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** The plugin of this name (Helm 4.3.1 `--post-renderer`); undefined when there is none. */
export function findPostRenderer(
  name: string,
  args: readonly string[],
  host: PostRendererHost,
): PostRender | undefined {
  const plugin = pluginsIn(host).find((each) => each.name === name);
  if (plugin === undefined) return undefined;
  return async (manifests) => {
    const output = await runPlugin(plugin, { args, manifests, host });
    if (trimSpace(output) !== '') return output;
    throw new GoError(`post-renderer ${quote(name)} produced empty output`);
  };
}

/** A program of the user's that reads manifests and prints them (Helm 3.22.0 `--post-renderer`). */
export function commandPostRenderer(
  command: string,
  args: readonly string[],
  host: PostRendererHost,
): PostRender {
  return async (manifests) => {
    const { exitCode, stdout, stderr } = await run(host, { command, args, stdin: manifests });
    if (exitCode === 0) return decodeBytes(stdout);
    throw new GoError(
      `error while running command ${command}. error output:\n${decodeBytes(stderr)}: exit status ${exitCode ?? -1}`,
    );
  };
}

function pluginsIn({ files, pluginFolders }: PostRendererHost): readonly Plugin[] {
  return pluginFolders.flatMap((root) => {
    if (files.stat(root)?.kind !== 'directory') return [];
    return files.list(root).flatMap((name) => orUndefined(() => readPlugin(join(root, name), files)) ?? []);
  });
}

/** Nothing for folders without a post-renderer; throws GoError for those that cannot be read. */
function readPlugin(folder: string, files: HostFiles): readonly Plugin[] {
  const path = join(folder, 'plugin.yaml');
  if (files.stat(path) === undefined) return [];
  const about = parseYaml(decodeBytes(files.read(path)), { dialect: 'v2' });
  if (!(about instanceof Dict) || about['type'] !== 'postrenderer/v1') return [];
  const config = about['runtimeConfig'];
  const commands = config instanceof Dict ? config['platformCommand'] : undefined;
  return [
    {
      name: textOf(about['name']),
      folder,
      runtime: textOf(about['runtime']),
      commands: Array.isArray(commands) ? commands.map(platformCommand) : [],
    },
  ];
}

function platformCommand(value: unknown): PlatformCommand {
  const table = value instanceof Dict ? value : new Dict();
  return {
    os: textOf(table['os']),
    arch: textOf(table['arch']),
    command: textOf(table['command']),
    args: Array.isArray(table['args']) ? table['args'].map(textOf) : [],
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface PluginRun {
  readonly args: readonly string[];
  readonly manifests: string;
  readonly host: PostRendererHost;
}

async function runPlugin(plugin: Plugin, { args, manifests, host }: PluginRun): Promise<string> {
  const failed = (reason: string): GoError =>
    new GoError(`failed to invoke post-renderer plugin ${quote(plugin.name)}: ${reason}`);
  if (plugin.runtime !== 'subprocess') throw failed(`runtime ${quote(plugin.runtime)} is not supported`);
  const env = { HELM_PLUGIN_NAME: plugin.name, HELM_PLUGIN_DIR: plugin.folder };
  const chosen = chooseCommand(plugin.commands, host);
  const [command = '', ...own] = (chosen?.command ?? '').split(' ').concat(chosen?.args ?? []);
  if (command === '') throw failed('failed to prepare plugin command: no plugin command is applicable');
  const expand = (text: string): string => expandVariables(text, { ...host.environment, ...env });
  const result = await run(host, {
    command: expand(command),
    args: [...own.map(expand), ...args],
    stdin: manifests,
    env,
  });
  if (result.exitCode !== 0) throw failed(`plugin ${quote(plugin.name)} exited with error`);
  return decodeBytes(result.stdout);
}

const goArchitectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** The command for this machine: system and processor, then the system, then any. */
function chooseCommand(
  commands: readonly PlatformCommand[],
  { platform, architecture }: PostRendererHost,
): PlatformCommand | undefined {
  const system = platform === 'win32' ? 'windows' : platform;
  const processor = goArchitectures[architecture] ?? architecture;
  const isSystem = ({ os }: PlatformCommand): boolean => os.toLowerCase() === system;
  return (
    commands.find((each) => isSystem(each) && each.arch.toLowerCase() === processor) ??
    commands.find((each) => isSystem(each) && each.arch === '') ??
    commands.find((each) => each.os === '' && each.arch === '')
  );
}

/** Go's `os.Expand`: `$NAME` and `${NAME}`. */
function expandVariables(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(
    /\$(?:\{([^}]*)\}|(\w+))/g,
    (_, braced: string | undefined, plain: string | undefined) => values[braced ?? plain ?? ''] ?? '',
  );
}

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly stdin: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function run(
  { processes, directory, signal }: PostRendererHost,
  command: Command,
): Promise<ProcessResult> {
  try {
    return await processes.run({ ...command, directory }, signal);
  } catch (error) {
    if (error instanceof ProcessError) throw new GoError(error.message, { cause: error });
    throw error;
  }
}
