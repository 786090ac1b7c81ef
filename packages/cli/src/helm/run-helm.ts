import { homedir } from 'node:os';
import { GoError } from '@flotilla/gocompat';
import { createNodeRegistryHost, formatLogRecord, type LogRecord, mirroredHttpClient } from '@flotilla/helm';
import type { CommandSpec } from '../flags/flag.ts';
import { type Grammar, type ParsedArguments, parseArguments, UsageError } from '../flags/parse-arguments.ts';
import type { Host } from '../host.ts';
import { chartCommands } from './chart-commands.ts';
import { checkArguments, checkExclusive, deprecationText } from './command-arguments.ts';
import { dependencyCommands } from './dependency-commands.ts';
import { envCommand } from './env-command.ts';
import type { HelmCommand, HelmCommands } from './helm-command.ts';
import { globalHelmFlags, helmSettings } from './helm-settings.ts';
import { pullCommand } from './pull-command.ts';
import { registryCommands } from './registry-commands.ts';
import { releaseCommands } from './release-commands.ts';
import { repositoryCommands } from './repository-commands.ts';
import { searchCommands } from './search-commands.ts';
import { templateCommand } from './template-command.ts';
import { uploadCommand } from './upload-command.ts';
import { versionCommand } from './version-command.ts';

/**
 * `flotilla helm …`: Helm 4.3.1's command line on the native engine, from arguments to an exit code.
 * Commands that are not here are unknown to it. Not its business: what commands do.
 */

const handlers: HelmCommands = {
  ...chartCommands,
  ...dependencyCommands,
  ...registryCommands,
  ...releaseCommands,
  ...repositoryCommands,
  ...searchCommands,
  'cm-push': uploadCommand,
  env: envCommand,
  pull: pullCommand,
  template: templateCommand,
  version: versionCommand,
};

const grammar: Grammar = {
  program: 'helm',
  commands: [
    ...Object.entries(handlers)
      .filter(([words]) => !words.includes(' '))
      .map(([, { spec }]) => spec),
    group('show', ['inspect'], 'Show a chart'),
    group('get', [], 'Print what is stored of a release'),
    group('dependency', ['dep', 'dependencies'], 'Keep the dependencies of a chart'),
    group('registry', [], 'Log in to and out of registries'),
    group('repo', [], 'Keep chart repositories'),
    group('search', [], 'Search for charts'),
  ],
  globalFlags: globalHelmFlags,
};

function group(name: string, aliases: readonly string[], summary: string): CommandSpec {
  const subcommands = Object.entries(handlers)
    .filter(([words]) => words.startsWith(`${name} `))
    .map(([, { spec }]) => spec);
  return { name, aliases, summary, flags: [], subcommands };
}

/** Runs one command line of Helm; failures are `Error: …` on standard error and exit code 1, as Helm's. */
export async function runHelm(host: Host, argv: readonly string[]): Promise<number> {
  try {
    const parsed = parseArguments(argv, grammar);
    const words = parsed.path.map(({ name }) => name).join(' ');
    const command = handlers[words];
    if (parsed.flags.boolean('help') || command === undefined) return await printHelp(host, parsed);
    host.writeError(deprecationText(command.spec.flags, parsed.flags));
    checkArguments(words, command, parsed.positionals);
    checkExclusive(command.exclusiveFlags ?? [], parsed.flags);
    await runCommand(host, command, parsed);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof GoError)) throw error;
    host.writeError(`Error: ${error.message}\n${adviceFor(error)}`);
    return 1;
  }
}

function adviceFor(error: Error): string {
  const isUnknown = error instanceof UsageError && error.message.startsWith('unknown command');
  return isUnknown ? "Run 'helm --help' for usage.\n" : '';
}

async function printHelp(host: Host, { path }: ParsedArguments): Promise<number> {
  const { helpText } = await import('../flags/help.ts');
  host.writeOutput(await helpText({ grammar, path, columns: host.columns }));
  return 0;
}

async function runCommand(
  host: Host,
  command: HelmCommand,
  { flags, positionals }: ParsedArguments,
): Promise<void> {
  const settings = helmSettings(host, flags);
  const node = createNodeRegistryHost({
    environment: host.env,
    platform: process.platform,
    homeDirectory: homedir(),
    directory: host.workingDirectory,
    paths: settings.paths,
    log: (record) => {
      if (settings.isDebug || !isDebugRecord(record)) host.writeError(`${formatLogRecord(record)}\n`);
    },
  });
  const registry = { ...node, http: mirroredHttpClient(node.http, settings.mirrors) };
  try {
    await command.run({ host, registry, settings, flags, args: positionals });
  } finally {
    node.http.close();
  }
}

function isDebugRecord(record: LogRecord): boolean {
  return record.style === 'slog' && record.level === 'DEBUG';
}
