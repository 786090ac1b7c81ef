import type { FileWork } from './file-run.ts';

/** `fetch` of one file (helmfile-cli.md §5.9): preparation has done the work, local copies included. */
export async function fetchFile({ record, groups, prepared }: FileWork): Promise<void> {
  const wanted = groups.flat().filter((release) => release.isInstalled);
  record.queue(wanted);
  for (const release of wanted) {
    const version = prepared.charts.get(release)?.version ?? '';
    record.finish(release, { kind: 'succeeded', action: 'fetched', durationMs: 0, version });
  }
}
