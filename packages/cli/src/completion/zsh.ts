import type { FlagSpec } from '../flags/flag.ts';
import type { Grammar } from '../flags/parse-arguments.ts';
import { type CompletionNode, completionNodes, shellQuote, takesPath } from './completion-model.ts';

/** A zsh completion script with descriptions. */
export function zshCompletion(grammar: Grammar): string {
  const nodes = completionNodes(grammar);
  const { program } = grammar;
  const cases = nodes.map((node) => `    ${shellQuote(node.words)})\n${offers(node)}\n      ;;`);
  const commands = nodes.map((node) => node.words).filter((words) => words !== '');
  return `#compdef ${program}
# zsh completion for ${program}; load with: source <(${program} completion zsh)
_${program}() {
  local path='' word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${path:+$path }$word" in
      ${commands.map(shellQuote).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
}
compdef _${program} ${program}
`;
}

function offers({ subcommands, flags }: CompletionNode): string {
  const commands = subcommands.map((each) => shellQuote(`${each.name}:${each.summary}`)).join(' ');
  const described =
    commands === '' ? '' : `      local -a commands=(${commands})\n      _describe command commands\n`;
  return `${described}      _arguments -S ${flags.flatMap(argumentSpecs).map(shellQuote).join(' ')}`;
}

function argumentSpecs(flag: FlagSpec): readonly string[] {
  const help = flag.help.replaceAll(/[[\]:]/g, ' ');
  const repeat = flag.kind === 'array' ? '*' : '';
  const choices = flag.choices === undefined ? ' ' : `(${flag.choices.join(' ')})`;
  const action = takesPath(flag) ? '_files' : choices;
  const value = flag.kind === 'boolean' ? '' : `:${flag.placeholder ?? 'value'}:${action}`;
  const equals = flag.kind === 'boolean' ? '' : '=';
  const long = `${repeat}--${flag.name}${equals}[${help}]${value}`;
  return flag.short === undefined ? [long] : [long, `${repeat}-${flag.short}[${help}]${value}`];
}
