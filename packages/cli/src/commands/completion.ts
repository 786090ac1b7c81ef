import { exitCode } from '../exit-code.ts';
import type { CommandContext } from './command.ts';

/** `completion bash|zsh|fish|powershell`. */
export async function completion({ host, grammar }: CommandContext, shell: string): Promise<number> {
  host.writeOutput(await script(shell, grammar));
  return exitCode.success;
}

async function script(shell: string, grammar: CommandContext['grammar']): Promise<string> {
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashCompletion(grammar);
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshCompletion(grammar);
    case 'fish':
      return (await import('../completion/fish.ts')).fishCompletion(grammar);
    default:
      return (await import('../completion/powershell.ts')).powershellCompletion(grammar);
  }
}
