import { exitCode } from '../exit-code.ts';
import type { CommandContext, CommandRunner } from './command.ts';
import { releaseCommand } from './release-command.ts';

/** The commands that work on releases, by name. */
export const releaseCommands: Readonly<Record<string, CommandRunner>> = {
  sync: releaseCommand((flotilla) => flotilla.sync),
  apply: releaseCommand((flotilla) => flotilla.apply),
  diff: releaseCommand((flotilla) => flotilla.diff),
  template: releaseCommand((flotilla) => flotilla.template),
  lint: releaseCommand((flotilla) => flotilla.lint),
  fetch: fetchCharts,
  test: releaseCommand((flotilla) => flotilla.test),
  status: releaseCommand((flotilla) => flotilla.status),
  'write-values': releaseCommand((flotilla) => flotilla.writeValues),
  deps: releaseCommand((flotilla) => flotilla.deps),
  repos: releaseCommand((flotilla) => flotilla.repos),
  destroy: releaseCommand((flotilla) => flotilla.destroy, true),
};

function fetchCharts(context: CommandContext): Promise<number> {
  const { flags, host } = context;
  if (flags.boolean('write-output') && flags.string('output-dir') === '') {
    host.writeError('--output-dir is required when --write-output is set\n');
    return Promise.resolve(exitCode.failure);
  }
  return releaseCommand((flotilla) => flotilla.fetch)(context);
}
