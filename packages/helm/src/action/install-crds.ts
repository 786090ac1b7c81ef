/** CRDs of a chart: created before anything else and waited for, so that the chart's objects of their kinds are known. */
import { GoError } from '@flotilla/gocompat';
import { createObject } from '../cluster/apply/apply-object.ts';
import { joinErrors } from '../cluster/apply/by-kind.ts';
import { hasReason } from '../cluster/cluster-error.ts';
import { at, type JsonObject, listAt, textAt } from '../cluster/json-object.ts';
import { buildResources, type Resource } from '../cluster/resource.ts';
import type { CrdFile } from './action-chart.ts';
import { type ActionContext, logLine, type WaitSettings, waiterFor, withPrefix } from './action-context.ts';

export interface CrdSettings extends Pick<WaitSettings, 'wait'> {
  readonly serverSide: boolean;
  readonly forceConflicts: boolean;
}

const crdTimeout = 60_000;

/** Installs what is new; without server-side apply existing CRDs stay as they are. Rejects with GoError. */
export async function installCrds(
  context: ActionContext,
  files: readonly CrdFile[],
  settings: CrdSettings,
): Promise<void> {
  const installed: Resource[] = [];
  for (const file of files) {
    installed.push(
      ...(await withPrefix(`failed to install CRD ${file.name}`, () => installFile(context, file, settings))),
    );
  }
  if (installed.length === 0) return;
  const strategy = settings.wait === 'hookOnly' ? 'watcher' : settings.wait;
  await waiterFor(context, strategy).untilReady(installed, {
    timeout: crdTimeout,
    includesJobs: false,
    signal: context.signal,
  });
  await untilDiscovered(context, installed);
}

const discoveryAttempts = 50;

/** The server serves a new kind a moment after it has established it. */
async function untilDiscovered(context: ActionContext, crds: readonly Resource[]): Promise<void> {
  const { cluster, clock, signal } = context;
  const kinds = crds.flatMap(({ object }) => kindsOf(object));
  for (let attempt = 1; attempt <= discoveryAttempts; attempt += 1) {
    cluster.refreshDiscovery();
    const known = new Set(await cluster.apiVersions({ signal }));
    if (kinds.every((kind) => known.has(kind))) return;
    await clock.sleep(200, signal);
  }
}

/** `group/version/Kind` of every version a CRD serves. */
function kindsOf(crd: JsonObject): readonly string[] {
  const group = textAt(crd, 'spec', 'group');
  const kind = textAt(crd, 'spec', 'names', 'kind');
  return listAt(crd, 'spec', 'versions')
    .filter((version) => at(version, 'served') === true)
    .map((version) => `${group}/${textAt(version, 'name')}/${kind}`);
}

async function installFile(
  context: ActionContext,
  file: CrdFile,
  { serverSide, forceConflicts }: CrdSettings,
): Promise<readonly Resource[]> {
  const { cluster, signal, namespace } = context;
  const resources = await buildResources(cluster, file.content, { namespace, signal });
  if (resources.length === 0) throw new GoError('resources are empty');
  const created: Resource[] = [];
  const errors: GoError[] = [];
  for (const resource of resources) {
    try {
      await createObject(cluster, resource, { serverSide, forceConflicts, signal });
      created.push(resource);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      if (!hasReason(error, 'AlreadyExists')) errors.push(error);
      else logLine(context, 'DEBUG', 'CRD is already present. Skipping', [['crd', resource.ref.name]]);
    }
  }
  if (errors.length > 0) throw joinErrors(errors, '\n');
  return created;
}
