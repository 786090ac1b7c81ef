import type { ForeignObject, LiveQuestion, LiveState } from '@flotilla/core';
import { emitYaml, fromJs, GoError } from '@flotilla/gocompat';
import { withPrefix } from '../action/action-context.ts';
import { liveObjects, markOwned, type ReleaseName } from '../action/ownership.ts';
import { type ApplyOptions, applyObject, patchLiveObject } from '../cluster/apply/apply-object.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { isNotFound } from '../cluster/cluster-error.ts';
import type { JsonObject } from '../cluster/json-object.ts';
import { buildResources, identityOf, type Resource, versionedIdentityOf } from '../cluster/resource.ts';
import { liveText, ownerOf } from './live-text.ts';

/**
 * What a comparison with the cluster compares: three-way as helm-diff 3.15.11 does it (helmfile-cli.md §12.2), or by the
 * server-side apply of Helm 4. In: a cluster, two manifests. Out: before, what leaves the release and the live objects;
 * after, the new objects and what the server's dry run makes of the change. Keys are sorted and comments lost, as there.
 * Changes nothing.
 */

/** Rejects with GoError; a three-way comparison in helm-diff's words. */
export async function clusterSides(
  cluster: Cluster,
  { before, after, namespace, releaseName, trial }: LiveQuestion,
  signal: AbortSignal,
): Promise<LiveState> {
  const release = { name: releaseName, namespace };
  const sides = await withPrefix(places[trial.kind], async () => {
    const original = await build(cluster, before, { which: 'original', namespace, signal });
    const target = await build(cluster, after, { which: 'new', namespace, signal });
    const live = (await liveObjects(cluster, target, signal)).map(readable);
    const patched = await dryRun({ original, target, live }, (each) =>
      trial.kind === 'patch'
        ? tryPatch(cluster, each, signal)
        : tryApply(cluster, each, { release, forceConflicts: trial.forcesConflicts, signal }),
    );
    return { original, target, live, patched };
  });
  const { original, target, live, patched } = sides;
  const kept = new Set(target.map(({ ref }) => versionedIdentityOf(ref)));
  const left = original.filter(({ ref }) => !kept.has(versionedIdentityOf(ref))).map(manifestText);
  const owner = `${namespace}/${releaseName}`;
  return {
    before: documents([
      ...left,
      ...live.flatMap((object) => (object === undefined ? [] : [liveText(object)])),
    ]),
    after: documents(target.map((resource, index) => afterText(resource, patched[index]))),
    foreign: live.flatMap((object) => foreignTo(owner, object)),
  };
}

const places: Readonly<Record<LiveQuestion['trial']['kind'], string>> = {
  patch: 'unable to generate manifests',
  apply: 'server dry run',
};

interface BuildInput {
  readonly which: string;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

function build(
  cluster: Cluster,
  manifest: string,
  { which, ...options }: BuildInput,
): Promise<readonly Resource[]> {
  return withPrefix(`unable to build kubernetes objects from ${which} release manifest`, () =>
    buildResources(cluster, manifest, options),
  );
}

function readable(answer: JsonObject | GoError | undefined): JsonObject | undefined {
  if (!(answer instanceof GoError)) return answer;
  const place = 'could not get information about the resource';
  throw new GoError(`${place}: ${answer.message}`, { cause: answer });
}

interface Sides {
  readonly original: readonly Resource[];
  readonly target: readonly Resource[];
  readonly live: readonly (JsonObject | undefined)[];
}

/** A target with what the release had before, and what is there now. */
interface Candidate {
  readonly target: Resource;
  readonly original: JsonObject | undefined;
  readonly current: JsonObject | undefined;
}

/** For each target what the server would make of it; the first refusal in the order of the manifest rejects. */
async function dryRun(
  { original, target, live }: Sides,
  attempt: (candidate: Candidate) => Promise<JsonObject | undefined>,
): Promise<readonly (JsonObject | undefined)[]> {
  const originals = new Map([...original].reverse().map((each) => [identityOf(each.ref), each.object]));
  const answers = await Promise.allSettled(
    target.map((each, index) =>
      attempt({ target: each, original: originals.get(identityOf(each.ref)), current: live[index] }),
    ),
  );
  return answers.map(answerOf);
}

async function tryPatch(
  cluster: Cluster,
  { target: { ref, object }, original = object, current }: Candidate,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  if (current === undefined) return undefined;
  const input = { ref, original, modified: object, current };
  return patchLiveObject(cluster, input, { serverSide: false, isDryRun: true, signal });
}

/** What does not exist yet, namespaces included, cannot be tried: there the manifest has to do. */
async function tryApply(
  cluster: Cluster,
  { target, current }: Candidate,
  {
    release,
    ...options
  }: Pick<ApplyOptions, 'forceConflicts' | 'signal'> & { readonly release: ReleaseName },
): Promise<JsonObject | undefined> {
  try {
    return await applyObject(cluster, markOwned(target, release), {
      ...options,
      serverSide: true,
      isDryRun: true,
    });
  } catch (error) {
    const isMissing = current === undefined && error instanceof GoError && isNotFound(error.cause);
    if (isMissing) return undefined;
    throw error;
  }
}

function answerOf<T>(answer: PromiseSettledResult<T>): T {
  if (answer.status === 'rejected') throw answer.reason;
  return answer.value;
}

function afterText(resource: Resource, patched: JsonObject | undefined): string {
  return patched === undefined ? manifestText(resource) : liveText(patched);
}

function manifestText({ object }: Resource): string {
  return emitYaml(fromJs(object, 'int'), { dialect: 'v2' });
}

function documents(texts: readonly string[]): string {
  return texts.map((text) => `\n---\n${text}`).join('');
}

function foreignTo(releaseOwner: string, object: JsonObject | undefined): readonly ForeignObject[] {
  if (object === undefined) return [];
  const owner = ownerOf(object);
  return owner === releaseOwner ? [] : [{ owner, object }];
}
