/**
 * Release records as Helm writes them: JSON in Go's key order, gzipped, base64. Comes in: a Release; goes out: the text
 * of a storage object's `release` entry, and back. Records of Helm 3 and 4 are both read.
 */
import { Buffer } from 'node:buffer';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Dict, decodeBytes, encodeText, GoError, GoInt, parseGoJson, toGoJson } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import type { HookEvent } from '../manifest/manifest.ts';
import { chartText } from './chart-record.ts';
import { member, objectText } from './go-struct-json.ts';
import type {
  ApplyMethod,
  HookPhase,
  HookRun,
  Release,
  ReleaseDetails,
  ReleaseHook,
  ReleaseStatus,
} from './release.ts';

/** The stored text. Helm 3 writes empty times and no apply method. */
export function encodeRelease(release: Release, compat: HelmCompat = 'v4'): string {
  return gzipSync(encodeText(releaseText(release, compat)), { level: 9 }).toString('base64');
}

/** The record's JSON; `resources` is the JSON of the live objects that `status` adds to it. */
export function releaseText(release: Release, compat: HelmCompat = 'v4', resources = ''): string {
  const { name, info, chart, config, manifest, hooks, version, namespace, applyMethod } = release;
  return objectText([
    text('name', name),
    member('info', detailsText(info, compat, resources)),
    chart === null ? '' : member('chart', chartText(chart, compat)),
    config === undefined || Object.keys(config).length === 0 ? '' : member('config', toGoJson(config)),
    text('manifest', manifest),
    hooks.length === 0 ? '' : member('hooks', `[${hooks.map((hook) => hookText(hook, compat)).join(',')}]`),
    number('version', version),
    text('namespace', namespace),
    compat === 'v3' ? '' : text('apply_method', applyMethod),
  ]);
}

function text(name: string, value: string): string {
  return value === '' ? '' : member(name, toGoJson(value));
}

function number(name: string, value: number): string {
  return value === 0 ? '' : member(name, String(value));
}

/** Helm 3 has no empty times: it writes them as empty texts. */
function time(name: string, value: string, compat: HelmCompat): string {
  return value === '' && compat === 'v3' ? member(name, '""') : text(name, value);
}

function list(name: string, values: readonly string[]): string {
  return values.length === 0 ? '' : member(name, toGoJson([...values]));
}

function detailsText(info: ReleaseDetails, compat: HelmCompat, resources: string): string {
  return objectText([
    time('first_deployed', info.firstDeployed, compat),
    time('last_deployed', info.lastDeployed, compat),
    time('deleted', info.deleted, compat),
    text('description', info.description),
    text('status', info.status),
    compat === 'v3' ? '' : number('rollback_revision', info.rollbackRevision),
    text('notes', info.notes),
    resources === '' ? '' : member('resources', resources),
  ]);
}

function hookText(hook: ReleaseHook, compat: HelmCompat): string {
  return objectText([
    text('name', hook.name),
    text('kind', hook.kind),
    text('path', hook.path),
    text('manifest', hook.manifest),
    list('events', hook.events),
    member(
      'last_run',
      objectText([
        time('started_at', hook.lastRun.startedAt, compat),
        time('completed_at', hook.lastRun.completedAt, compat),
        member('phase', toGoJson(hook.lastRun.phase)),
      ]),
    ),
    number('weight', hook.weight),
    list('delete_policies', hook.deletePolicies),
    list('output_log_policies', hook.outputLogPolicies),
  ]);
}

/** Reads a stored text; old records are not compressed. Throws GoError when it is none. */
export function decodeRelease(stored: string, labels: Readonly<Record<string, string>> = {}): Release {
  const bytes = Buffer.from(stored, 'base64');
  const isPacked = bytes.length > 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
  let json: string;
  try {
    json = decodeBytes(isPacked ? gunzipSync(bytes) : bytes);
  } catch (error) {
    throw new GoError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const record = parseGoJson(json);
  if (!(record instanceof Dict)) throw new GoError('release record is no object');
  return releaseOf(record, labels);
}

function releaseOf(record: Dict, labels: Readonly<Record<string, string>>): Release {
  const { chart, config, hooks } = record;
  return {
    name: textOf(record['name']),
    namespace: textOf(record['namespace']),
    version: numberOf(record['version']),
    info: detailsOf(record['info']),
    chart: chart instanceof Dict ? chart : null,
    config: config instanceof Dict ? config : undefined,
    manifest: textOf(record['manifest']),
    hooks: Array.isArray(hooks) ? hooks.filter((each) => each instanceof Dict).map(hookOf) : [],
    labels,
    applyMethod: textOf(record['apply_method']) as ApplyMethod,
  };
}

function detailsOf(value: unknown): ReleaseDetails {
  const info = value instanceof Dict ? value : new Dict();
  return {
    firstDeployed: textOf(info['first_deployed']),
    lastDeployed: textOf(info['last_deployed']),
    deleted: textOf(info['deleted']),
    description: textOf(info['description']),
    status: (textOf(info['status']) || 'unknown') as ReleaseStatus,
    rollbackRevision: numberOf(info['rollback_revision']),
    notes: textOf(info['notes']),
  };
}

function hookOf(hook: Dict): ReleaseHook {
  return {
    name: textOf(hook['name']),
    kind: textOf(hook['kind']),
    path: textOf(hook['path']),
    manifest: textOf(hook['manifest']),
    events: textsOf(hook['events']) as readonly HookEvent[],
    lastRun: hookRunOf(hook['last_run']),
    weight: numberOf(hook['weight']),
    deletePolicies: textsOf(hook['delete_policies']),
    outputLogPolicies: textsOf(hook['output_log_policies']),
  };
}

function hookRunOf(value: unknown): HookRun {
  const run = value instanceof Dict ? value : new Dict();
  return {
    startedAt: textOf(run['started_at']),
    completedAt: textOf(run['completed_at']),
    phase: textOf(run['phase']) as HookPhase,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function numberOf(value: unknown): number {
  if (value instanceof GoInt) return value.n;
  return typeof value === 'number' ? value : 0;
}
