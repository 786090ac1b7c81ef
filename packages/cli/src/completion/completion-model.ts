import type { CommandSpec, FlagSpec } from '../flags/flag.ts';
import type { Grammar } from '../flags/parse-arguments.ts';

/** What a shell offers after a command path: subcommands and flags. The scripts of all shells are printed from this. */
export interface CompletionNode {
  /** Words after the program: empty for the program itself, `cache info` for a subcommand. */
  readonly words: string;
  readonly subcommands: readonly CommandSpec[];
  readonly flags: readonly FlagSpec[];
}

/** One node per command, the program first. */
export function completionNodes(grammar: Grammar): readonly CompletionNode[] {
  const nodes: CompletionNode[] = [{ words: '', subcommands: grammar.commands, flags: grammar.globalFlags }];
  const visit = (command: CommandSpec, parent: string): void => {
    const words = parent === '' ? command.name : `${parent} ${command.name}`;
    const own = new Set(command.flags.map((flag) => flag.name));
    const flags = [...command.flags, ...grammar.globalFlags.filter((flag) => !own.has(flag.name))];
    nodes.push({ words, subcommands: command.subcommands ?? [], flags });
    for (const each of command.subcommands ?? []) visit(each, words);
  };
  for (const command of grammar.commands) visit(command, '');
  return nodes;
}

/** Text inside single quotes of a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** True for flags whose value is a path. */
export function takesPath(flag: FlagSpec): boolean {
  return flag.placeholder === 'path';
}
