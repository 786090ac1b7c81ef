import { homedir } from 'node:os';
import { GoError } from '@flotilla/gocompat';
import { createNodeRegistryHost, defaultCapabilities, formatLogRecord } from '@flotilla/helm';
import { booleanFlag, type CommandSpec, stringFlag } from '../flags/flag.ts';
import { type Grammar, type ParsedArguments, parseArguments, UsageError } from '../flags/parse-arguments.ts';
import type { Host } from '../host.ts';
import { chartCommands } from './chart-commands.ts';
import type { HelmCommand } from './helm-command.ts';
import { repositoryCommands } from './repository-commands.ts';
import { templateCommand } from './template-command.ts';

/**
 * `flotilla helm …`: Helm 4.3.1's command line on the native engine, from arguments to an exit code.
 * Commands that are not here are unknown to it. Not its business: what commands do.
 */

const versionCommand: HelmCommand = {
  spec: {
    name: 'version',
    summary: 'Print the version of Helm that this speaks',
    flags: [booleanFlag('short', 'the number only')],
  },
  minimum: 0,
  maximum: 0,
  run: ({ host, flags }) => {
    const { version, gitCommit, gitTreeState, goVersion, kubeClientVersion } =
      defaultCapabilities().helmVersion;
    host.writeOutput(
      flags.boolean('short')
        ? `${version}\n`
        : `version.BuildInfo{Version:"${version}", GitCommit:"${gitCommit}", GitTreeState:"${gitTreeState}", GoVersion:"${goVersion}", KubeClientVersion:"${kubeClientVersion}"}\n`,
    );
  },
};

const handlers: Readonly<Record<string, HelmCommand>> = {
  template: templateCommand,
  version: versionCommand,
  ...chartCommands,
  ...repositoryCommands,
};

const grammar: Grammar = {
  program: 'helm',
  commands: [
    ...Object.entries(handlers)
      .filter(([words]) => !words.includes(' '))
      .map(([, { spec }]) => spec),
    group('show', ['inspect'], 'Show a chart'),
    group('dependency', ['dep', 'dependencies'], 'Keep the dependencies of a chart'),
    group('repo', [], 'Keep chart repositories'),
  ],
  globalFlags: [
    stringFlag('namespace', 'the namespace', { short: 'n' }),
    booleanFlag('debug', 'print more'),
    booleanFlag('help', 'print help', { short: 'h' }),
  ],
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
    checkArguments(words, command, parsed.positionals);
    await runCommand(host, command, parsed);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof GoError)) throw error;
    host.writeError(`Error: ${error.message}\n`);
    return 1;
  }
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
  const registry = createNodeRegistryHost({
    environment: host.env,
    platform: process.platform,
    homeDirectory: homedir(),
    directory: host.workingDirectory,
    log: (record) => {
      if (record.style === 'slog' && record.level === 'DEBUG' && !flags.boolean('debug')) return;
      host.writeError(`${formatLogRecord(record, '')}\n`);
    },
  });
  try {
    await command.run({ host, registry, flags, args: positionals });
  } finally {
    registry.http.close();
  }
}

function checkArguments(words: string, command: HelmCommand, { length }: readonly string[]): void {
  const { minimum, maximum, spec } = command;
  if (length >= minimum && (maximum === undefined || length <= maximum)) return;
  const usage = `\n\nUsage:  helm ${words} ${spec.positionals ?? ''} [flags]`;
  const count = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`;
  const wanted = maximum === undefined ? `at least ${count(minimum)}` : count(minimum);
  throw new GoError(
    maximum === 0
      ? `"helm ${words}" accepts no arguments\n\nUsage:  helm ${words} [flags]`
      : `"helm ${words}" requires ${wanted}${usage}`,
  );
}
