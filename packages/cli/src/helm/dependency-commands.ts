import {
  buildDependencies,
  type DependencyOptions,
  listDependencies,
  sourceDateEpoch,
  updateDependencies,
} from '@flotilla/helm';
import { booleanFlag, type FlagSpec, integerFlag } from '../flags/flag.ts';
import { connectionFlags, connectionOptions, keyringFlag, keyringOf, plainHttpFlag } from './chart-path.ts';
import { type HelmCall, type HelmCommand, type HelmCommands, printer } from './helm-command.ts';

/** `dependency`: the charts that a chart needs. */

const flags: readonly FlagSpec[] = [
  booleanFlag('skip-refresh', 'do not read repositories anew'),
  booleanFlag('verify', 'check signatures'),
  keyringFlag,
  ...connectionFlags,
  plainHttpFlag,
];

/** What the flags of `dependency build` and `update` mean. */
function dependencyOptions(call: HelmCall): DependencyOptions {
  return {
    ...connectionOptions(call),
    skipRefresh: call.flags.boolean('skip-refresh'),
    verify: call.flags.boolean('verify'),
    keyring: keyringOf(call),
    epochSeconds: sourceDateEpoch(call.host.env['SOURCE_DATE_EPOCH']),
    print: printer(call),
  };
}

interface Wording {
  readonly name: string;
  readonly summary: string;
  readonly aliases?: readonly string[];
}

function changing(run: typeof updateDependencies, wording: Wording): HelmCommand {
  return {
    spec: { ...wording, positionals: 'CHART', flags },
    minimum: 0,
    maximum: 1,
    run: (call) => run(call.args[0] ?? '.', call.registry, dependencyOptions(call)),
  };
}

/** By their words. */
export const dependencyCommands: HelmCommands = {
  'dependency list': {
    spec: {
      name: 'list',
      aliases: ['ls'],
      summary: 'List the dependencies of a chart',
      positionals: 'CHART',
      flags: [integerFlag('max-col-width', 'widest column of the table', { defaultValue: 80 })],
    },
    minimum: 0,
    maximum: 1,
    run: (call) =>
      call.host.writeOutput(
        listDependencies(call.args[0] ?? '.', call.registry, call.flags.integer('max-col-width')),
      ),
  },
  'dependency build': changing(buildDependencies, {
    name: 'build',
    summary: 'Restore the dependencies of a chart from its lock',
  }),
  'dependency update': changing(updateDependencies, {
    name: 'update',
    aliases: ['up'],
    summary: 'Resolve, fetch and lock the dependencies of a chart',
  }),
};
