import { type Diagnostic, didYouMean, errorDiagnostic, offer, type RelatedSpan } from '@flotilla/diagnostics';
import { compareStrings } from '@flotilla/gocompat';
import {
  type DesiredRelease,
  type DesiredState,
  parseReleaseId,
  type ReleaseId,
} from '../desired/desired-state.ts';
import { helmfileCycleTrail, shortestCycle } from '../graph/cycle.ts';
import type { Graph } from '../graph/graph.ts';
import { releaseGraph } from './release-graph.ts';
import type { NeedsPolicy } from './selection.ts';

/**
 * Problems of `needs` that stop a plan: undefined ones and cycles, in every file that takes part, and with the policy
 * `require` needs that were not chosen. All of them, each with every place it concerns.
 */
export function checkNeeds(
  state: DesiredState,
  selected: readonly DesiredRelease[],
  needs: NeedsPolicy,
): readonly Diagnostic[] {
  const prefix = (release: DesiredRelease | undefined): string =>
    state.files[release?.fileIndex ?? -1]?.errorPrefix ?? '';
  const active = new Set(selected.map((release) => release.fileIndex));
  const graph = releaseGraph(state);
  const releases = state.files.flatMap((file, index) => (active.has(index) ? file.releases : []));
  const byId = new Map(releases.map((release) => [release.id as string, release]));
  return [
    ...undefinedNeedProblems(releases, graph, prefix),
    ...cycleProblems(graph, byId, prefix),
    ...(needs === 'require' ? unselectedNeedProblems(selected, graph, prefix) : []),
  ];
}

/** Helmfile's start of messages about a release. */
type Prefix = (release: DesiredRelease | undefined) => string;

function undefinedNeedProblems(
  releases: readonly DesiredRelease[],
  graph: Graph,
  prefix: Prefix,
): readonly Diagnostic[] {
  const places = needPlaces(releases, (need) => !graph.needs.has(need));
  return [...places].map(([id, users]) => {
    const { name } = parseReleaseId(id);
    const quoted = [...new Set(users.map((user) => `"${user.release.id}"`))];
    const by = users[0];
    return errorDiagnostic(
      'needs/undefined-release',
      `release "${by?.release.key.name}" needs "${id}", which is not defined`,
      {
        span: by?.release.spanOf('needs', by.index),
        related: relatedNeeds(users.slice(1)),
        hint: nearNeed(id, graph) ?? `define a release named "${name}" or remove the need`,
        referenceText: `${prefix(by?.release)}release(s) ${quoted.join(', ')} depend(s) on an undefined release "${id}". Perhaps you made a typo in "needs" or forgot defining a release named "${name}" with appropriate "namespace" and "kubeContext"?`,
      },
    );
  });
}

/** Releases of that name elsewhere, then names that differ by a slip. */
function nearNeed(id: ReleaseId, { ids }: Graph): string | undefined {
  const { name } = parseReleaseId(id);
  const namesakes = [...ids].filter((each) => parseReleaseId(each as ReleaseId).name === name);
  return offer(namesakes.slice(0, 3)) ?? didYouMean(id, ids);
}

interface NeedPlace {
  readonly release: DesiredRelease;
  readonly index: number;
}

function needPlaces(
  releases: readonly DesiredRelease[],
  isWanted: (need: ReleaseId) => boolean,
): ReadonlyMap<ReleaseId, readonly NeedPlace[]> {
  const places = new Map<ReleaseId, NeedPlace[]>();
  for (const release of releases) {
    release.needs.forEach((need, index) => {
      if (!isWanted(need)) return;
      const known = places.get(need);
      if (known === undefined) places.set(need, [{ release, index }]);
      else known.push({ release, index });
    });
  }
  return places;
}

function relatedNeeds(places: readonly NeedPlace[]): readonly RelatedSpan[] {
  return places.flatMap(({ release, index }) => {
    const span = release.spanOf('needs', index);
    return span === undefined ? [] : [{ span, message: `"${release.key.name}" needs it too` }];
  });
}

function cycleProblems(
  graph: Graph,
  byId: ReadonlyMap<string, DesiredRelease>,
  prefix: Prefix,
): readonly Diagnostic[] {
  const trail = shortestCycle(graph);
  if (trail === undefined) return [];
  const edges = trail.slice(0, -1).flatMap((id, step): RelatedSpan[] => {
    const release = byId.get(id);
    const need = trail[step + 1] ?? '';
    const span = release?.spanOf('needs', release.needs.indexOf(need as ReleaseId));
    return span === undefined ? [] : [{ span, message: `"${id}" needs "${need}"` }];
  });
  return [
    errorDiagnostic('needs/cycle', `releases need each other in a circle: ${trail.join(' needs ')}`, {
      span: edges[0]?.span,
      related: edges.slice(1),
      hint: 'remove one of these needs',
      referenceText: `${prefix(byId.get(trail[0] ?? ''))}cycle detected: ${helmfileCycleTrail(graph).join(' -> ')}`,
    }),
  ];
}

function unselectedNeedProblems(
  selected: readonly DesiredRelease[],
  graph: Graph,
  prefix: Prefix,
): readonly Diagnostic[] {
  const chosen = new Set<string>(selected.map((release) => release.id));
  const places = needPlaces(selected, (need) => graph.needs.has(need) && !chosen.has(need));
  return [...places].map(([id, users]) => {
    const ids = [...new Set(users.map((user) => user.release.id))].sort(compareStrings);
    const { name } = parseReleaseId(id);
    const advice = `Please add a selector like "--selector name=${name}", or indicate whether to skip (--skip-needs) or include (--include-needs) these dependencies`;
    const verb = ids.length === 1 ? 'depends' : 'depend';
    return errorDiagnostic(
      'needs/not-selected',
      `release "${users[0]?.release.key.name}" needs "${id}", which is not selected`,
      {
        span: users[0]?.release.spanOf('needs', users[0].index),
        related: relatedNeeds(users.slice(1)),
        hint: `add --selector name=${name}, --skip-needs or --include-needs`,
        referenceText: `${prefix(users[0]?.release)}release ${enumerate(ids)} ${verb} on "${id}" which does not match the selectors. ${advice}`,
      },
    );
  });
}

/** `"a"`, `"a" and "b"`, `"a", "b", and "c"`. */
function enumerate(ids: readonly string[]): string {
  const quoted = ids.map((id) => `"${id}"`);
  if (quoted.length < 3) return quoted.join(' and ');
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}

/**
 * `--enforce-needs-are-installed` (Helmfile 1.8.0, `diff` and `template`): a need of a chosen release, at any depth, that is
 * not installed. Helmfile compares needs with release names, so only needs without namespace and context are seen.
 */
export function uninstalledNeeds(
  state: DesiredState,
  selected: readonly DesiredRelease[],
): readonly Diagnostic[] {
  const byName = new Map<string, DesiredRelease>();
  for (const file of state.files) for (const release of file.releases) byName.set(release.key.name, release);
  const result: Diagnostic[] = [];
  for (const release of selected) {
    const reached = new Set<string>(release.needs);
    for (const need of reached) {
      const needed = byName.get(need);
      for (const next of needed?.needs ?? []) reached.add(next);
      if (needed !== undefined && !needed.isInstalled) result.push(uninstalledNeed(state, release, needed));
    }
  }
  return result;
}

function uninstalledNeed(state: DesiredState, release: DesiredRelease, needed: DesiredRelease): Diagnostic {
  const prefix = state.files[release.fileIndex]?.errorPrefix ?? '';
  const span = needed.spanOf('installed') ?? needed.spanOf();
  return errorDiagnostic(
    'needs/not-installed',
    `release "${release.key.name}" needs "${needed.key.name}", which is marked installed: false`,
    {
      span: release.spanOf('needs'),
      related: span === undefined ? [] : [{ span, message: 'not installed' }],
      referenceText: `${prefix}Release ${release.key.name} has a transitive dependency ${needed.key.name} marked as installed=false`,
    },
  );
}
