import { statusText, testRelease } from '@flotilla/helm';
import { arrayFlag, booleanFlag } from '../flags/flag.ts';
import { flagMilliseconds } from './flag-milliseconds.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { timeoutFlag } from './release-flags.ts';
import { debugDetails } from './release-output.ts';
import { withReleases } from './release-session.ts';

/** `test`: the test hooks of a release (Helm 4.3.1). What ran is told even when it failed. */

async function run(call: HelmCall): Promise<void> {
  const { args, flags, host } = call;
  const readsLogs = flags.boolean('logs');
  const request = {
    name: args[0] ?? '',
    timeout: flagMilliseconds(flags, 'timeout'),
    readsLogs,
    ...filtersOf(flags.list('filter')),
  };
  const { release, logs, failure } = await withReleases(call, (context) => testRelease(context, request));
  host.writeOutput(statusText(release, { showsNotes: false, ...debugDetails(call, release) }));
  if (readsLogs) host.writeOutput(`\n${logs}`);
  if (failure !== undefined) throw failure;
}

/** `name=a` and `!name=b`; other words are passed over. */
function filtersOf(words: readonly string[]): {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
} {
  const after = (pattern: RegExp): readonly string[] =>
    words.filter((word) => pattern.test(word)).map((word) => word.replace(pattern, ''));
  return { include: after(/^name=/), exclude: after(/^!\s?name=/) };
}

export const testCommand: HelmCommand = {
  spec: {
    name: 'test',
    summary: 'Run the tests of a release',
    positionals: '[RELEASE]',
    flags: [
      timeoutFlag,
      booleanFlag('logs', 'print what test pods wrote'),
      arrayFlag('filter', 'tests by name: name=a, or !name=b to leave one out'),
    ],
  },
  minimum: 1,
  maximum: 1,
  run,
};
