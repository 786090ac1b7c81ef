import { errorDiagnostic } from '@flotilla/diagnostics';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { workingDirectoryOf } from '../prepare/session.ts';
import { stateDocument } from '../report/state-document.ts';
import { resolvePath } from '../source/paths.ts';
import { diagnosticsFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { abandon } from './present-releases.ts';

/** `fetch` of one file (helmfile-cli.md §5.9): preparation has done the work, local copies included. */
export async function fetchFile(work: FileWork): Promise<void> {
  const { record, groups, prepared, session, state } = work;
  const wanted = groups.flat().filter((release) => release.isInstalled);
  record.queue(wanted);
  if (session.options.writeOutput === true) {
    if (state.files.length > 1) return refuseSeveralFiles(work, wanted);
    session.emit({ type: 'product', text: fetchedDocument(work) });
  }
  for (const release of wanted) {
    const version = prepared.charts.get(release)?.version ?? '';
    record.finish(release, { kind: 'succeeded', action: 'fetched', durationMs: 0, version });
  }
}

/** `--write-output`: the state file with its charts where they are now. */
function fetchedDocument({ file, groups, prepared, session }: FileWork): string {
  const { outputDirectory = '' } = session.options;
  const kept = resolvePath(workingDirectoryOf(session, file), outputDirectory);
  const asGiven = (path: string): string =>
    path.startsWith(`${kept}/`) ? outputDirectory + path.slice(kept.length) : path;
  const chosen = new Set(groups.flat());
  const releases = file.releases
    .filter((release) => chosen.has(release))
    .map((release) => {
      const chart = asGiven(prepared.charts.get(release)?.reference ?? release.spec.chart);
      return { ...release, spec: { ...release.spec, chart } };
    });
  return stateDocument(file, { releases, chartPathOf: () => undefined });
}

function refuseSeveralFiles(work: FileWork, wanted: readonly DesiredRelease[]): void {
  const text =
    '--write-output requires a single helmfile state file, but multiple were found; use -f to specify a single helmfile instead of a directory or a helmfile with nested helmfiles: entries';
  const described = diagnosticsFailure([errorDiagnostic('cli/several-files', text, { referenceText: text })]);
  work.record.fail({ failure: described.failure, referenceText: described.text });
  abandon(work, wanted);
}
