import { releaseGroups } from '@flotilla/core';
import { spacedTable } from '../render/tables.ts';
import type { CommandContext } from './command.ts';
import { withState } from './with-state.ts';

/** `show-dag`: one table per state file with groups, releases and what they need (Helmfile 1.8.0). */
export async function showDag(context: CommandContext): Promise<number> {
  return withState(context, ({ state, selected }) => {
    for (const file of state.files) {
      const groups = releaseGroups(file, selected);
      if (groups.length === 0) continue;
      const rows = groups.flatMap((group, index) =>
        group.map((release) => [String(index + 1), release.id, release.needs.join(', ')]),
      );
      context.host.writeOutput(spacedTable([['GROUP', 'RELEASE', 'DEPENDENCIES'], ...rows]));
    }
  });
}
