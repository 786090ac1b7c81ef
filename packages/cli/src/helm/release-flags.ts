import { GoError, quote } from '@flotilla/gocompat';
import { slogRecord, type WaitStrategy } from '@flotilla/helm';
import {
  arrayFlag,
  booleanFlag,
  durationFlag,
  type FlagSpec,
  integerFlag,
  stringFlag,
} from '../flags/flag.ts';
import { maximumHistory } from './environment-integer.ts';
import { flagMilliseconds } from './flag-milliseconds.ts';
import type { HelmCall } from './helm-command.ts';

/** Flags that several commands on releases take, and what they mean to the engine. */

export const timeoutFlag: FlagSpec = durationFlag('timeout', 'time for every single wait', {
  defaultValue: '5m0s',
});
const noHooksFlag: FlagSpec = booleanFlag('no-hooks', 'run no hooks');
export const revisionFlag: FlagSpec = integerFlag('revision', 'the revision; the last one unless given');

/** How long to wait for what, and whether hooks run. */
export const waitFlags: readonly FlagSpec[] = [
  stringFlag('wait', 'what to wait for: watcher, hookOnly, legacy', {
    bareValue: 'watcher',
    defaultValue: 'hookOnly',
    choices: ['watcher', 'hookOnly', 'legacy'],
  }),
  timeoutFlag,
  noHooksFlag,
];

/** How objects are written. */
export const applyFlags: readonly FlagSpec[] = [
  booleanFlag('force-replace', 'replace objects instead of patching them'),
  booleanFlag('force', 'replace objects', { deprecated: 'use --force-replace instead' }),
  booleanFlag('force-conflicts', 'take over fields that others own'),
  booleanFlag('wait-for-jobs', 'with --wait: until all jobs have run through'),
];

export const exclusiveApplyFlags = [
  ['force-replace', 'force-conflicts'],
  ['force', 'force-conflicts'],
] as const;

export const serverSideFlag: FlagSpec = stringFlag('server-side', 'apply on the server: true, false, auto', {
  defaultValue: 'auto',
});

export const dryRunFlag: FlagSpec = stringFlag('dry-run', 'none, client or server: change nothing', {
  defaultValue: 'none',
  bareValue: 'unset',
});

export const labelsFlag: FlagSpec = arrayFlag('labels', 'labels of the record: key=value', { short: 'l' });

/** How many revisions to keep; HELM_MAX_HISTORY stands behind it. */
export const historyMaxFlag: FlagSpec = integerFlag('history-max', 'revisions to keep; 0 for all', {
  defaultText: '10',
  environment: 'HELM_MAX_HISTORY',
});

export interface WaitRequest {
  readonly wait: WaitStrategy;
  readonly timeout: number;
  readonly disableHooks: boolean;
}

/** Throws GoError for a strategy there is not. */
export function waitOf(call: HelmCall): WaitRequest {
  const { flags } = call;
  return {
    wait: strategyOf(call),
    timeout: flagMilliseconds(flags, 'timeout'),
    disableHooks: flags.boolean('no-hooks'),
  };
}

function strategyOf({ flags, registry }: HelmCall): WaitStrategy {
  const text = flags.string('wait');
  const warn = (strategy: WaitStrategy): WaitStrategy => {
    const message = `--wait=${text} is deprecated (boolean value) and can be replaced with --wait=${strategy}`;
    registry.log(slogRecord('WARN', message));
    return strategy;
  };
  switch (text) {
    case 'watcher':
    case 'hookOnly':
    case 'legacy':
      return text;
    case 'true':
      return warn('watcher');
    case 'false':
      return warn('hookOnly');
    default:
      throw new GoError(
        `invalid argument ${quote(text)} for "--wait" flag: invalid wait input ${quote(text)}. Valid inputs are watcher, hookOnly, and legacy`,
      );
  }
}

export interface ApplyRequest extends WaitRequest {
  readonly waitForJobs: boolean;
  readonly forceReplace: boolean;
  readonly forceConflicts: boolean;
}

/** Throws GoError as {@link waitOf} does. */
export function applyOf(call: HelmCall): ApplyRequest {
  const { flags } = call;
  return {
    ...waitOf(call),
    waitForJobs: flags.boolean('wait-for-jobs'),
    forceReplace: flags.boolean('force-replace') || flags.boolean('force'),
    forceConflicts: flags.boolean('force-conflicts'),
  };
}

/** The revisions to keep. */
export function historyMaximumOf({ flags, host }: HelmCall): number {
  if (flags.wasGiven('history-max')) return flags.integer('history-max');
  return maximumHistory(host.env);
}

/** The pairs of `--labels` (pflag's StringToString). Throws GoError for a word that is no pair. */
export function labelsOf({ flags }: HelmCall): Readonly<Record<string, string>> {
  const pairs = flags.array('labels').flatMap((text) => pairsOf(text).map((pair) => pairOf(pair, text)));
  return Object.fromEntries(pairs);
}

/** One pair may hold commas; several are separated by them, in quotes where they hold some. */
function pairsOf(text: string): readonly string[] {
  const isOne = text.split('=').length <= 2;
  if (isOne) return [text.replaceAll(/^"+|"+$/g, '')];
  return Array.from(text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

function pairOf(pair: string, text: string): readonly [string, string] {
  const equals = pair.indexOf('=');
  if (equals < 0) {
    throw new GoError(
      `invalid argument ${quote(text)} for "-l, --labels" flag: ${pair} must be formatted as key=value`,
    );
  }
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}
