import type { CommandSpec, FlagSpec } from './flag.ts';
import type { Grammar } from './parse-arguments.ts';

/**
 * Help texts from the flag tables. Pure: tables in, text out, wrapped to a width.
 * yargs lays the text out; it is loaded only here, so that no other command pays for it.
 */

export interface HelpRequest {
  readonly grammar: Grammar;
  /** From the root to the command; empty for the program itself. */
  readonly path: readonly CommandSpec[];
  readonly columns: number;
}

const about =
  'Brings a Kubernetes cluster to the state that your helmfiles declare.\nThe same files, commands and flags as Helmfile.';

/** The help of a program or of one of its commands. */
export async function helpText({ grammar, path, columns }: HelpRequest): Promise<string> {
  const { default: yargs } = await import('yargs');
  const command = path.at(-1);
  const words = [grammar.program, ...path.map((each) => each.name)];
  const subcommands = command === undefined ? grammar.commands : (command.subcommands ?? []);
  const usage = [...words, subcommands.length > 0 ? '<command>' : (command?.positionals ?? ''), '[flags]'];
  const parser = yargs([])
    .scriptName(words.join(' '))
    .usage(`${command?.summary ?? about}\n\nUsage: ${usage.filter((word) => word !== '').join(' ')}`)
    .help(false)
    .version(false)
    .wrap(Math.min(Math.max(columns, 60), 110))
    .updateStrings({ 'Commands:': 'Commands:', 'Options:': 'Flags:' });
  for (const each of [...subcommands].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    parser.command([each.name, ...(each.aliases ?? [])], each.summary, () => undefined);
  }
  describeFlags(parser, command?.flags ?? [], 'Flags:');
  describeFlags(parser, grammar.globalFlags, 'Global flags:');
  return `${(await parser.getHelp()).trimEnd()}\n`;
}

interface OptionSink {
  option(name: string, details: object): unknown;
}

function describeFlags(parser: OptionSink, flags: readonly FlagSpec[], group: string): void {
  const shown = flags.filter(({ deprecated }) => deprecated === undefined);
  for (const flag of shown.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const environment = flag.environment === undefined ? '' : ` [$${flag.environment}]`;
    parser.option(flag.name, {
      group,
      describe: `${flag.help}${environment}`,
      ...(flag.short === undefined ? {} : { alias: flag.short }),
      ...(flag.choices === undefined ? {} : { choices: flag.choices }),
      ...typeOf(flag),
      ...(flag.defaultText === undefined
        ? {}
        : { defaultDescription: flag.defaultText, default: flag.defaultText }),
      ...(flag.defaultValue === undefined ? {} : { default: flag.defaultValue }),
    });
  }
}

function typeOf(flag: FlagSpec): object {
  switch (flag.kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'number' };
    case 'array':
      return { type: 'string', array: true };
    case 'string':
    case 'duration':
      return { type: 'string' };
    default: {
      const impossible: never = flag.kind;
      return impossible;
    }
  }
}
