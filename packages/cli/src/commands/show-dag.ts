import { checkNeeds, releaseGroups } from '@flotilla/core';
import { DiagnosticsError, hasErrors } from '@flotilla/diagnostics';
import { spacedTable } from '../render/tables.ts';
import type { CommandContext } from './command.ts';
import { withState } from './with-state.ts';

/**
 * `show-dag`: one table per state file with groups, releases and what they need (Helmfile 1.8.0). A circle, an undefined need or
 * one outside the selection is an error.
 */
export async function showDag(context: CommandContext): Promise<number> {
  return withState(context, async ({ state, selected, visitFiles }) => {
    const problems = checkNeeds(state, [...selected], 'require');
    if (hasErrors(problems)) throw new DiagnosticsError(problems);
    await visitFiles('show-dag', (file) => {
      const groups = releaseGroups(file, selected);
      const rows = groups.flatMap((group, index) =>
        group.map((release) => [String(index + 1), release.id, release.needs.join(', ')]),
      );
      context.host.writeOutput(spacedTable([['GROUP', 'RELEASE', 'DEPENDENCIES'], ...rows]));
    });
  });
}
