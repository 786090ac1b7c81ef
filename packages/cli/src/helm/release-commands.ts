import type { HelmCommands } from './helm-command.ts';
import { getCommands } from './release-get.ts';
import { historyCommand } from './release-history.ts';
import { installCommand } from './release-install.ts';
import { listCommand } from './release-list.ts';
import { rollbackCommand } from './release-rollback.ts';
import { statusCommand } from './release-status.ts';
import { testCommand } from './release-test.ts';
import { uninstallCommand } from './release-uninstall.ts';
import { upgradeCommand } from './release-upgrade.ts';

/** Commands on releases in a cluster, by their words. */
export const releaseCommands: HelmCommands = {
  ...getCommands,
  history: historyCommand,
  install: installCommand,
  list: listCommand,
  rollback: rollbackCommand,
  status: statusCommand,
  test: testCommand,
  uninstall: uninstallCommand,
  upgrade: upgradeCommand,
};
