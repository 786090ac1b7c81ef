import type { FlagSpec } from '../flags/flag.ts';
import type { Grammar } from '../flags/parse-arguments.ts';
import { type CompletionNode, completionNodes, takesPath } from './completion-model.ts';

/** A fish completion script with descriptions. */
export function fishCompletion(grammar: Grammar): string {
  const { program } = grammar;
  const nodes = completionNodes(grammar);
  const lines = nodes.flatMap((node) => linesOf(node, program));
  return `# fish completion for ${program}; load with: ${program} completion fish | source
complete -c ${program} -f
${lines.join('\n')}
`;
}

function linesOf({ words, subcommands, flags }: CompletionNode, program: string): readonly string[] {
  const last = words.split(' ').at(-1) ?? '';
  const condition = words === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${last}`;
  return [
    ...subcommands.map(
      (each) => `complete -c ${program} -n '${condition}' -a ${each.name} -d ${fishQuote(each.summary)}`,
    ),
    ...flags.map((flag) => `complete -c ${program} -n '${condition}' ${flagWords(flag)}`),
  ];
}

function flagWords(flag: FlagSpec): string {
  const short = flag.short === undefined ? '' : ` -s ${flag.short}`;
  const value = flag.kind === 'boolean' ? '' : takesPath(flag) ? ' -r -F' : ' -x';
  const choices = flag.choices === undefined ? '' : ` -a ${fishQuote(flag.choices.join(' '))}`;
  return `-l ${flag.name}${short}${value}${choices} -d ${fishQuote(flag.help)}`;
}

function fishQuote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
