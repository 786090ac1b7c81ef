import type { CommandRunner } from './commands/command.ts';
import { exitCode } from './exit-code.ts';
import { commands } from './flags/commands.ts';
import { globalFlags } from './flags/global-flags.ts';
import { type Grammar, type ParsedArguments, parseArguments, UsageError } from './flags/parse-arguments.ts';
import type { Host } from './host.ts';
import { helmfileVersion, productVersion } from './product.ts';
import { resolveSettings } from './settings.ts';

/**
 * From an argument vector to an exit code: parse, choose the command, run it.
 * Commands are loaded only when they run. Not its business: what commands do.
 */

/** Runs the program; wrong command lines are printed to standard error and give 3, as Helmfile does. */
export async function run(host: Host): Promise<number> {
  if (host.program === 'flotilla' && host.argv[0] === 'helm') {
    const { runHelm } = await import('./helm/run-helm.ts');
    return runHelm(host, host.argv.slice(1));
  }
  const grammar: Grammar = { program: host.program, commands, globalFlags };
  try {
    const parsed = parseArguments(host.argv, grammar);
    if (parsed.flags.boolean('version')) {
      host.writeOutput(
        `${host.program} version ${host.program === 'helmfile' ? helmfileVersion : productVersion}\n`,
      );
      return exitCode.success;
    }
    if (parsed.flags.boolean('help') || needsHelp(parsed)) return await printHelp(host, grammar, parsed.path);
    if (parsed.path[0]?.name === 'help') return await helpCommand(host, grammar, parsed);
    return await runCommand(host, grammar, parsed);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    host.writeError(`${error.message}\n`);
    if (host.program === 'flotilla') host.writeError(await hintFor(error));
    return exitCode.usage;
  }
}

function needsHelp({ path }: ParsedArguments): boolean {
  const last = path.at(-1);
  return last === undefined || (last.subcommands ?? []).length > 0;
}

async function printHelp(host: Host, grammar: Grammar, path: ParsedArguments['path']): Promise<number> {
  const { helpText } = await import('./flags/help.ts');
  host.writeOutput(await helpText({ grammar, path, columns: host.columns }));
  return exitCode.success;
}

async function helpCommand(host: Host, grammar: Grammar, { positionals }: ParsedArguments): Promise<number> {
  const path: ParsedArguments['path'][number][] = [];
  for (const word of positionals) {
    const among = path.at(-1)?.subcommands ?? (path.length === 0 ? grammar.commands : []);
    const command = among.find((each) => each.name === word || each.aliases?.includes(word));
    if (command === undefined) {
      host.writeError(`Unknown help topic [\`${positionals.join(' ')}\`]\n`);
      break;
    }
    path.push(command);
  }
  return printHelp(host, grammar, path);
}

async function runCommand(
  host: Host,
  grammar: Grammar,
  { path, positionals, flags }: ParsedArguments,
): Promise<number> {
  const settings = resolveSettings(flags, host);
  const runner = await loadCommand(path.map((each) => each.name).join(' '));
  return runner({ host, grammar, flags, positionals, settings });
}

const loaders: Readonly<Record<string, () => Promise<CommandRunner>>> = {
  version: async () => (await import('./commands/version.ts')).version,
  list: async () => (await import('./commands/list.ts')).list,
  build: async () => (await import('./commands/build.ts')).build,
  'show-dag': async () => (await import('./commands/show-dag.ts')).showDag,
  'print-env': async () => (await import('./commands/print-env.ts')).printEnv,
  create: async () => (await import('./commands/create.ts')).create,
  init: async () => (await import('./commands/init.ts')).init,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  schema: async () => (await import('./commands/schema.ts')).schema,
  'cache info': async () => (await import('./commands/cache.ts')).cacheInfo,
  'cache cleanup': async () => (await import('./commands/cache.ts')).cacheCleanup,
};

async function loadCommand(words: string): Promise<CommandRunner> {
  if (words.startsWith('completion ')) {
    const { completion } = await import('./commands/completion.ts');
    return (context) => completion(context, words.slice('completion '.length));
  }
  const loader = loaders[words];
  if (loader !== undefined) return loader();
  const { releaseCommands } = await import('./commands/release-commands.ts');
  const command = releaseCommands[words];
  if (command === undefined) throw new UsageError(`"${words}" is not available`, words);
  return command;
}

async function hintFor(error: UsageError): Promise<string> {
  const { didYouMean } = await import('@flotilla/diagnostics');
  const hint = error.message.includes('Did you mean')
    ? undefined
    : didYouMean(error.argument, error.candidates);
  return hint === undefined ? '' : `  help: ${hint}\n`;
}
