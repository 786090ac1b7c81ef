import type { Grammar } from '../flags/parse-arguments.ts';
import { completionNodes, takesPath } from './completion-model.ts';

/** A bash completion script: commands, flags, and the values of flags that have a fixed choice. */
export function bashCompletion(grammar: Grammar): string {
  const nodes = completionNodes(grammar);
  const name = `_${grammar.program}_complete`;
  const cases = nodes.map(({ words, subcommands, flags }) => {
    const offered = [...subcommands.map((each) => each.name), ...flags.map((flag) => `--${flag.name}`)];
    return `    '${words}') offered='${offered.join(' ')}' ;;`;
  });
  const flags = [...new Map(nodes.flatMap((node) => node.flags).map((flag) => [flag.name, flag])).values()];
  const values = flags
    .filter((flag) => flag.choices !== undefined)
    .map(
      (flag) =>
        `    --${flag.name}) COMPREPLY=($(compgen -W '${flag.choices?.join(' ')}' -- "$current")); return ;;`,
    );
  const paths = flags.filter(takesPath).map((flag) => `--${flag.name}`);
  const commands = nodes.map((node) => node.words).filter((words) => words !== '');
  return `# bash completion for ${grammar.program}; load with: source <(${grammar.program} completion bash)
${name}() {
  local current previous path='' word offered=''
  current="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  case "$previous" in
${values.join('\n')}
    ${[...paths, '-f'].join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${commands.map((words) => `'${words}'`).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F ${name} ${grammar.program}
`;
}
