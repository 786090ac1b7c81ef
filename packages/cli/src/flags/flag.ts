/**
 * Flags as data: one entry gives parsing, help, environment fallback and completion.
 * Not its business: what a flag does (commands read the parsed values).
 */

export type FlagKind = 'boolean' | 'string' | 'array' | 'integer' | 'duration';

export interface FlagSpec {
  readonly name: string;
  readonly kind: FlagKind;
  /** One letter. */
  readonly short?: string;
  /** One sentence, our own words. */
  readonly help: string;
  /** Word shown for the value in help. */
  readonly placeholder?: string;
  /** What the flag holds when it is not given; shown in help. */
  readonly defaultText?: string;
  readonly defaultValue?: boolean | string | number;
  /** Values completion offers; with `isClosed` others are refused. */
  readonly choices?: readonly string[];
  /** What is said of a value that is none of the choices, where the parser refuses it. */
  readonly refusal?: string;
  /** What the flag holds when it is given without a value; a value then needs `=` (pflag's NoOptDefVal). */
  readonly bareValue?: string;
  /** What to use instead, for a flag that is still accepted; it is not shown in help. */
  readonly deprecated?: string;
  /** Environment variable read when the flag is absent, for the help text; the reading is in options. */
  readonly environment?: string;
  /** True for flags that `helmfile` does not have. */
  readonly isOurs?: boolean;
}

export interface CommandSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line for the command list. */
  readonly summary: string;
  /** Usage after the command name: `[NAME]`. */
  readonly positionals?: string;
  readonly maximumPositionals?: number;
  readonly flags: readonly FlagSpec[];
  readonly subcommands?: readonly CommandSpec[];
  readonly isOurs?: boolean;
}

type FlagOptions = Partial<Omit<FlagSpec, 'name' | 'kind' | 'help'>>;

/** A flag without a value; `--name=false` turns it off. */
export function booleanFlag(name: string, help: string, options: FlagOptions = {}): FlagSpec {
  return { name, kind: 'boolean', help, ...options };
}

/** A flag with one value; the last one given wins. */
export function stringFlag(name: string, help: string, options: FlagOptions = {}): FlagSpec {
  return { name, kind: 'string', help, ...options };
}

/** A flag that may be repeated; every occurrence is kept verbatim. */
export function arrayFlag(name: string, help: string, options: FlagOptions = {}): FlagSpec {
  return { name, kind: 'array', help, ...options };
}

/** A flag with a decimal, octal or hexadecimal 64-bit integer. */
export function integerFlag(name: string, help: string, options: FlagOptions = {}): FlagSpec {
  return { name, kind: 'integer', help, ...options };
}

/** A flag with a span of time: `5m0s`. */
export function durationFlag(name: string, help: string, options: FlagOptions = {}): FlagSpec {
  return { name, kind: 'duration', help, ...options };
}
