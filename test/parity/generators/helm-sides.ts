import { run } from 'flotilla';
import { memoryHost } from '../../support/memory-host.ts';
import { runProgram } from './run-program.ts';

/**
 * One command line of helm, asked of ours and of the real program. Out: nothing, or how they differ. What the real program does
 * not say twice in the same way (random words, certificates, the order of Go's maps) is compared by its shape.
 */

export interface HelmAnswer {
  readonly code: number;
  readonly stdout: string;
  /** Standard error with the warnings sorted, which come in the order of Go's maps. */
  readonly said: string;
}

/** Asks a program; `folder` is where it runs, and its home. */
export type AskHelm = (argv: readonly string[], folder: string) => Promise<HelmAnswer>;

/** `flotilla helm …`, in this process. */
export const askOurs: AskHelm = (argv, folder) => askFlotilla(['helm', ...argv], folder);

/** `flotilla …`, in this process. */
export const askFlotilla: AskHelm = async (argv, folder) => {
  const env = { HOME: folder, TZ: 'UTC' };
  const host = memoryHost({ argv, program: 'flotilla', workingDirectory: folder, env });
  const code = await run(host);
  return { code, stdout: host.output(), said: tidied(host.error()) };
};

/** Real helm. */
export function askProgram(program: string): AskHelm {
  return async (argv, folder) => {
    const { code, stdout, stderr } = await runProgram(program, argv, folder);
    return { code, stdout, said: tidied(stderr) };
  };
}

/** Log lines, sorted and once each, before what is said of the failure. */
export function tidied(stderr: string): string {
  const logged = new Set<string>();
  const rest: string[] = [];
  for (const line of stderr.split('\n')) {
    if (/^(?:level=|\d{4}\/\d\d\/\d\d )/.test(line)) logged.add(line);
    else rest.push(line);
  }
  return [...[...logged].sort(), ...rest].join('\n');
}

export interface Question {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly real: AskHelm;
  /** `flotilla helm …` unless given. */
  readonly ours?: AskHelm;
}

const askedAgain = 4;

/** How the two sides differ, or undefined. */
export async function differenceBetween({
  argv,
  folder,
  real,
  ours: ask = askOurs,
}: Question): Promise<Verdict> {
  const [theirs, ours] = await Promise.all([real(argv, folder), ask(argv, folder)]);
  const isFailure = theirs.code !== 0;
  if (isSame(ours, theirs)) return { isFailure, isUnsteady: false, difference: undefined };
  for (let turn = 0; turn < askedAgain && ours.code === theirs.code; turn += 1) {
    const again = await real(argv, folder);
    if (!isSame(theirs, again) && (isSame(ours, again) || isAlike(ours, theirs, again))) {
      return { isFailure, isUnsteady: true, difference: undefined };
    }
  }
  return { isFailure, isUnsteady: false, difference: `$ ${argv.join(' ')}\n${describe(ours, theirs)}` };
}

export interface Verdict {
  /** Whether the real program fails. */
  readonly isFailure: boolean;
  /** Whether the real program says something else each time, of which ours is one or has the shape. */
  readonly isUnsteady: boolean;
  readonly difference: string | undefined;
}

function isSame(one: HelmAnswer, other: HelmAnswer): boolean {
  return one.code === other.code && one.stdout === other.stdout && one.said === other.said;
}

/** Whether ours differs from theirs only where theirs differs from itself. */
function isAlike(ours: HelmAnswer, theirs: HelmAnswer, again: HelmAnswer): boolean {
  return (['stdout', 'said'] as const).every((part) => {
    const [mine, real, other] = [ours[part], theirs[part], again[part]];
    return isAlikeText(mine.split('\n'), real.split('\n'), other.split('\n'));
  });
}

function isAlikeText(mine: readonly string[], real: readonly string[], other: readonly string[]): boolean {
  if (sortedWords(mine) === sortedWords(real)) return true;
  if (mine.length !== real.length || other.length !== real.length) return false;
  return mine.every(
    (line, at) => line === real[at] || (real[at] !== other[at] && shapeOf(line) === shapeOf(real[at] ?? '')),
  );
}

/** What order cannot change: every word of it. */
function sortedWords(lines: readonly string[]): string {
  return lines
    .join('\n')
    .split(/[\s,]+/)
    .sort()
    .join(' ');
}

/** A line with its long words blotted out. */
function shapeOf(line: string): string {
  return line.replaceAll(/[\w+/=-]{5,}/g, '*');
}

function describe(ours: HelmAnswer, theirs: HelmAnswer): string {
  const part = ours.stdout === theirs.stdout ? 'said' : 'stdout';
  const [mine, real] = [ours[part].split('\n'), theirs[part].split('\n')];
  const at = real.findIndex((line, index) => line !== mine[index]);
  const around = (lines: readonly string[]): string =>
    JSON.stringify(lines.slice(Math.max(0, at - 2), at + 4));
  return `  helm: ${theirs.code} ${around(real)}\n  ours: ${ours.code} ${around(mine)}`;
}
