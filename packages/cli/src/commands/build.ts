import { existsSync } from 'node:fs';
import { join } from 'node:path/posix';
import { type DesiredRelease, type DesiredStateFile, stateDocument } from '@flotilla/core';
import { DiagnosticsError, hasErrors } from '@flotilla/diagnostics';
import type { CommandContext } from './command.ts';
import { withState } from './with-state.ts';

/** `build`: every loaded state file as one YAML document (Helmfile 1.8.0). */
export async function build(context: CommandContext): Promise<number> {
  return withState(
    context,
    async ({ flotilla, state, selected, visitFiles }) => {
      const isEmbedding = context.flags.boolean('embed-values');
      const embedding = isEmbedding
        ? await flotilla.embedValues({ state, releases: selected })
        : { value: undefined, diagnostics: [] };
      if (hasErrors(embedding.diagnostics)) throw new DiagnosticsError(embedding.diagnostics);
      const embedded = embedding.value === undefined ? {} : { embedded: embedding.value };
      await visitFiles('build', (file) => {
        const releases = file.releases.filter((release) => selected.has(release));
        const chartPathOf = (release: DesiredRelease): string | undefined => preparedPath(file, release);
        context.host.writeOutput(stateDocument(file, { releases, chartPathOf, ...embedded }));
      });
    },
    { locks: 'prepared' },
  );
}

/** The chart given for the whole file, or a local chart's path from the base directory when that is spelled otherwise. */
function preparedPath(file: DesiredStateFile, release: DesiredRelease): string | undefined {
  if (file.spec.chart !== undefined && file.spec.chart !== '') return file.spec.chart;
  const { chart } = release.spec;
  if (!release.isInstalled || !/^\.{1,2}\//.test(chart)) return undefined;
  if (!existsSync(join(file.baseDirectory, chart, 'Chart.yaml'))) return undefined;
  const path = join(file.printedBaseDirectory, chart);
  return path === chart ? undefined : path;
}
