import { GoError } from '@flotilla/gocompat';
import type { FlagSpec } from '../flags/flag.ts';
import type { FlagValues } from '../flags/flag-values.ts';
import type { HelmCommand } from './helm-command.ts';

/** What Helm says of a command line before it runs: numbers of arguments, flags that exclude others, deprecated ones. */

/** Throws Helm 4.3.1's error for a wrong number of arguments. */
export function checkArguments(words: string, command: HelmCommand, { length }: readonly string[]): void {
  const { minimum, maximum, spec } = command;
  if (length >= minimum && (maximum === undefined || length <= maximum)) return;
  const usage = ['helm', words, spec.positionals ?? '', '[flags]'].filter((part) => part !== '').join(' ');
  throw new GoError(`"helm ${words}" ${wantedText(minimum, maximum)}\n\nUsage:  ${usage}`);
}

function wantedText(minimum: number, maximum: number | undefined): string {
  const count = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`;
  if (maximum === undefined) return `requires at least ${count(minimum)}`;
  if (maximum === 0) return 'accepts no arguments';
  return minimum === maximum ? `requires ${count(minimum)}` : `accepts at most ${count(maximum)}`;
}

/** Throws cobra's error when more than one flag of a group was given. */
export function checkExclusive(groups: readonly (readonly string[])[], flags: FlagValues): void {
  for (const group of groups) {
    const given = group.filter((name) => flags.wasGiven(name)).sort();
    if (given.length < 2) continue;
    throw new GoError(
      `if any flags in the group [${group.join(' ')}] are set none of the others can be; [${given.join(' ')}] were all set`,
    );
  }
}

/** The lines pflag prints for deprecated flags that were given. */
export function deprecationText(specs: readonly FlagSpec[], flags: FlagValues): string {
  return specs
    .filter(({ name, deprecated }) => deprecated !== undefined && flags.wasGiven(name))
    .map(({ name, deprecated }) => `Flag --${name} has been deprecated, ${deprecated ?? ''}\n`)
    .join('');
}
