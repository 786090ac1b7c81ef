import type { DesiredRelease, DesiredState, DesiredStateFile, ReleaseId } from '../desired/desired-state.ts';
import { buildGraph, type Graph } from '../graph/graph.ts';
import { levelsOf } from '../graph/levels.ts';

/** One graph over the releases of all files (DESIGN D7). */
export function releaseGraph(state: DesiredState): Graph {
  return buildGraph(state.files.flatMap((file) => file.releases));
}

/**
 * The chosen releases of one file in Helmfile's groups: a group holds what has the same longest chain of needs in the whole
 * file; inside a group the order is that of the last definition of each id. Releases on a cycle are left out.
 */
export function releaseGroups(
  file: DesiredStateFile,
  selected: ReadonlySet<DesiredRelease>,
): readonly (readonly DesiredRelease[])[] {
  const { levelOf } = levelsOf(buildGraph(file.releases));
  const lastPlace = new Map<ReleaseId, number>();
  file.releases.forEach((release, index) => {
    lastPlace.set(release.id, index);
  });
  const chosen = file.releases.filter((release) => selected.has(release));
  const place = (release: DesiredRelease): number => lastPlace.get(release.id) ?? 0;
  chosen.sort((a, b) => place(a) - place(b));
  const groups: DesiredRelease[][] = [];
  for (const release of chosen) {
    const level = levelOf.get(release.id);
    if (level === undefined) continue;
    const group = groups[level];
    if (group === undefined) groups[level] = [release];
    else group.push(release);
  }
  return groups.filter((group) => group !== undefined);
}
