import type { CommandSpec, FlagSpec } from './flag.ts';
import { FlagValues } from './flag-values.ts';
import { parseFlagValue } from './parse-flag-value.ts';

/**
 * Argument vector to command and flag values, by the rules of Helmfile's parser (cobra 1.10, pflag 1.0.10):
 * flags before and after the command, `-lx=y`, bundles, booleans without a separate value, `--` ends flags.
 * Not its business: what flags mean, environment variables, help texts.
 */

export interface ParsedArguments {
  /** From the root to the command: empty for none, `['cache', 'info']` for a subcommand. */
  readonly path: readonly CommandSpec[];
  readonly positionals: readonly string[];
  readonly flags: FlagValues;
}

/** A wrong command line; `message` is the reference's text, exit code 3. */
export class UsageError extends Error {
  /** The argument that is wrong, as given. */
  readonly argument: string;
  readonly candidates: readonly string[];

  constructor(message: string, argument: string, candidates: readonly string[] = []) {
    super(message);
    this.name = 'UsageError';
    this.argument = argument;
    this.candidates = candidates;
  }
}

export interface Grammar {
  readonly program: string;
  readonly commands: readonly CommandSpec[];
  readonly globalFlags: readonly FlagSpec[];
}

/** Parses `argv` (without node and script). Throws {@link UsageError}. */
export function parseArguments(argv: readonly string[], grammar: Grammar): ParsedArguments {
  const path: CommandSpec[] = [];
  let rest = [...argv];
  let among: readonly CommandSpec[] = grammar.commands;
  for (;;) {
    const word = firstWord(rest, flagIndex(path, grammar));
    if (word === undefined) break;
    const command = among.find((each) => each.name === word.text || each.aliases?.includes(word.text));
    if (command === undefined) {
      if (path.length === 0) throw unknownCommand(word.text, grammar);
      break;
    }
    path.push(command);
    rest = [...rest.slice(0, word.index), ...rest.slice(word.index + 1)];
    among = command.subcommands ?? [];
  }
  const index = flagIndex(path, grammar);
  const flags = new FlagValues(index.byName.values());
  const positionals = parseFlags(rest, index, flags);
  return { path, positionals, flags };
}

interface FlagIndex {
  readonly byName: ReadonlyMap<string, FlagSpec>;
  readonly byShort: ReadonlyMap<string, FlagSpec>;
}

/** Flags of the command shadow global ones of the same name. */
function flagIndex(path: readonly CommandSpec[], grammar: Grammar): FlagIndex {
  const byName = new Map<string, FlagSpec>();
  for (const flag of [...grammar.globalFlags, ...(path.at(-1)?.flags ?? [])]) byName.set(flag.name, flag);
  if (path.length === 0)
    byName.set('version', { name: 'version', short: 'v', kind: 'boolean', help: 'print the version' });
  const byShort = new Map<string, FlagSpec>();
  for (const flag of byName.values()) if (flag.short !== undefined) byShort.set(flag.short, flag);
  return { byName, byShort };
}

/** The first word that is neither a flag nor, as far as this level can know, the value of one. */
function firstWord(
  argv: readonly string[],
  index: FlagIndex,
): { readonly text: string; readonly index: number } | undefined {
  for (let at = 0; at < argv.length; at++) {
    const text = argv[at] ?? '';
    if (text === '--') return undefined;
    if (text !== '' && !text.startsWith('-')) return { text, index: at };
    if (takesNextWord(text, index)) at++;
  }
  return undefined;
}

function takesNextWord(text: string, index: FlagIndex): boolean {
  if (text.includes('=')) return false;
  if (text.startsWith('--')) return bareValueOf(index.byName.get(text.slice(2))) === undefined;
  return text.length === 2 && bareValueOf(index.byShort.get(text.slice(1))) === undefined;
}

/** What a flag holds when no value is attached to it; undefined when it takes the next word. */
function bareValueOf(flag: FlagSpec | undefined): string | undefined {
  return flag?.kind === 'boolean' ? 'true' : flag?.bareValue;
}

function unknownCommand(word: string, grammar: Grammar): UsageError {
  const near = grammar.commands
    .map((each) => each.name)
    .filter(
      (name) =>
        levenshtein(word.toLowerCase(), name.toLowerCase()) <= 2 ||
        name.toLowerCase().startsWith(word.toLowerCase()),
    );
  const suggestion =
    near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
  return new UsageError(`unknown command "${word}" for "${grammar.program}"${suggestion}`, word, near);
}

function levenshtein(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    last = current;
  }
  return last[b.length] ?? 0;
}

function parseFlags(argv: readonly string[], index: FlagIndex, flags: FlagValues): readonly string[] {
  const positionals: string[] = [];
  const queue = [...argv];
  for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
    if (text === '--') {
      positionals.push(...queue);
      break;
    }
    if (text.length < 2 || !text.startsWith('-')) positionals.push(text);
    else if (text.startsWith('--')) parseLong(text, queue, index, flags);
    else parseShorts(text, queue, index, flags);
  }
  return positionals;
}

function parseLong(text: string, queue: string[], index: FlagIndex, flags: FlagValues): void {
  const body = text.slice(2);
  if (body.startsWith('-') || body.startsWith('=')) throw new UsageError(`bad flag syntax: ${text}`, text);
  const equals = body.indexOf('=');
  const name = equals === -1 ? body : body.slice(0, equals);
  const flag = index.byName.get(name);
  if (flag === undefined)
    throw new UsageError(
      `unknown flag: --${name}`,
      text,
      [...index.byName.keys()].map((each) => `--${each}`),
    );
  const value = equals === -1 ? (bareValueOf(flag) ?? queue.shift()) : body.slice(equals + 1);
  if (value === undefined) throw new UsageError(`flag needs an argument: --${name}`, text);
  store(flag, value, flags);
}

function parseShorts(text: string, queue: string[], index: FlagIndex, flags: FlagValues): void {
  for (let at = 1; at < text.length; at++) {
    const letter = text[at] ?? '';
    const flag = index.byShort.get(letter);
    if (flag === undefined)
      throw new UsageError(`unknown shorthand flag: '${letter}' in -${text.slice(at)}`, text);
    const rest = text.slice(at + 1);
    const isAttached = rest.length > 1 && rest.startsWith('=');
    const bare = bareValueOf(flag);
    if (bare !== undefined && !isAttached) {
      store(flag, bare, flags);
      continue;
    }
    const value = isAttached ? rest.slice(1) : rest === '' ? queue.shift() : rest;
    if (value === undefined)
      throw new UsageError(`flag needs an argument: '${letter}' in -${text.slice(at)}`, text);
    store(flag, value, flags);
    return;
  }
}

function store(flag: FlagSpec, text: string, flags: FlagValues): void {
  const parsed = parseFlagValue(flag, text);
  if (parsed.error !== undefined) {
    const shown = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
    throw new UsageError(
      `invalid argument "${text}" for "${shown}" flag: ${parsed.error}`,
      text,
      flag.choices ?? [],
    );
  }
  flags.store(flag.name, parsed.value);
}
