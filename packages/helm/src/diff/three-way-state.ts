import type { ForeignObject, LiveQuestion, LiveState } from '@flotilla/core';
import { emitYaml, fromJs, GoError } from '@flotilla/gocompat';
import { withPrefix } from '../action/action-context.ts';
import { liveObjects } from '../action/ownership.ts';
import { patchLiveObject } from '../cluster/apply/apply-object.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { JsonObject } from '../cluster/json-object.ts';
import { buildResources, identityOf, type Resource, versionedIdentityOf } from '../cluster/resource.ts';
import { liveText, ownerOf } from './live-text.ts';

/**
 * What a three-way comparison compares, as helm-diff 3.15.11 makes it (helmfile-cli.md §12.2).
 * In: a cluster, two manifests. Out: before, what leaves the release and the live objects; after, the new objects and what
 * the server's dry run makes of the change. Keys are sorted and comments lost, as there. Changes nothing.
 */

/** Rejects with GoError, in helm-diff's words. */
export async function threeWayState(
  cluster: Cluster,
  { before, after, namespace, releaseName }: LiveQuestion,
  signal: AbortSignal,
): Promise<LiveState> {
  const build = (manifest: string, which: string): Promise<readonly Resource[]> =>
    withPrefix(
      `unable to generate manifests: unable to build kubernetes objects from ${which} release manifest`,
      () => buildResources(cluster, manifest, { namespace, signal }),
    );
  const original = await build(before, 'original');
  const target = await build(after, 'new');
  const live = (await liveObjects(cluster, target, signal)).map(readable);
  const patched = await dryRun(cluster, { original, target, live, signal });
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

function readable(answer: JsonObject | GoError | undefined): JsonObject | undefined {
  if (!(answer instanceof GoError)) return answer;
  const place = 'unable to generate manifests: could not get information about the resource';
  throw new GoError(`${place}: ${answer.message}`, { cause: answer });
}

interface DryRunInput {
  readonly original: readonly Resource[];
  readonly target: readonly Resource[];
  readonly live: readonly (JsonObject | undefined)[];
  readonly signal: AbortSignal;
}

/** For each target that exists, what the server would make of it; the first refusal in the order of the manifest rejects. */
async function dryRun(
  cluster: Cluster,
  { original, target, live, signal }: DryRunInput,
): Promise<readonly (JsonObject | undefined)[]> {
  const originals = new Map([...original].reverse().map((each) => [identityOf(each.ref), each.object]));
  const answers = await Promise.allSettled(
    target.map(async ({ ref, object }, index) => {
      const current = live[index];
      if (current === undefined) return undefined;
      const input = { ref, original: originals.get(identityOf(ref)) ?? object, modified: object, current };
      return patchLiveObject(cluster, input, { serverSide: false, isDryRun: true, signal });
    }),
  );
  return withPrefix('unable to generate manifests', async () => answers.map(answerOf));
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
