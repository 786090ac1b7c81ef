import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commands } from '../flags/commands.ts';
import { globalFlags } from '../flags/global-flags.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { powershellCompletion } from './powershell.ts';
import { zshCompletion } from './zsh.ts';

const grammar = { program: 'flotilla', commands, globalFlags };

/** Lets bash itself complete a line. */
function complete(...words: readonly string[]): readonly string[] {
  const script = `${bashCompletion(grammar)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_flotilla_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash offers commands, their flags and fixed values', () => {
  expect(complete('flotilla', 'sy')).toEqual(['sync']);
  expect(complete('flotilla', '-e', 'prod', 'show')).toEqual(['show-dag']);
  expect(complete('flotilla', 'cache', '')).toEqual(expect.arrayContaining(['info', 'cleanup']));
  expect(complete('flotilla', 'build', '--emb')).toEqual(['--embed-values']);
  expect(complete('flotilla', 'print-env', '--output', 'j')).toEqual(['json']);
});

test('every shell knows every command and flag', () => {
  for (const script of [
    bashCompletion(grammar),
    zshCompletion(grammar),
    fishCompletion(grammar),
    powershellCompletion(grammar),
  ]) {
    const missing = [
      ...commands.map((command) => command.name),
      ...commands.flatMap((command) => command.flags.map((flag) => flag.name)),
      ...globalFlags.map((flag) => flag.name),
    ].filter((name) => !script.includes(name));
    expect(missing).toEqual([]);
  }
});
