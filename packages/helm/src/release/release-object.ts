import {
  Dict,
  GoStruct,
  type GoZone,
  goInt,
  parseTime,
  rfc3339Nano,
  stringMap,
  stringSlice,
  typedSlice,
} from '@flotilla/gocompat';
import { recordedDependencies, recordedMap, recordedText } from './chart-record.ts';
import type { Release, ReleaseHook } from './release.ts';

/** A release as templates of `helm get all --template` see it: Helm 4.3.1's structs, with Go's field names. */

/** `zone` gives its name to times with its offset. */
export function releaseObject(release: Release, zone: GoZone): GoStruct {
  return struct('v1.Release', {
    Name: release.name,
    Info: detailsObject(release, zone),
    Chart: chartObject(release.chart),
    Config: release.config ?? new Dict(),
    Manifest: release.manifest,
    Hooks: typedSlice(
      '[]*v1.Hook',
      release.hooks.map((hook) => hookObject(hook, zone)),
    ),
    Version: integer(release.version),
    Namespace: release.namespace,
    Labels: stringMap(Object.entries(release.labels)),
    ApplyMethod: release.applyMethod,
  });
}

function struct(goType: string, fields: Readonly<Record<string, unknown>>): GoStruct {
  return new GoStruct({
    goType,
    isPointer: true,
    fields: new Map(Object.entries(fields)),
    methods: new Map(),
  });
}

function integer(value: number): unknown {
  return goInt('int', value);
}

function time(text: string, zone: GoZone): unknown {
  return parseTime(rfc3339Nano, text || '0001-01-01T00:00:00Z', zone);
}

function detailsObject({ info }: Release, zone: GoZone): GoStruct {
  return struct('v1.Info', {
    FirstDeployed: time(info.firstDeployed, zone),
    LastDeployed: time(info.lastDeployed, zone),
    Deleted: time(info.deleted, zone),
    Description: info.description,
    Status: info.status,
    RollbackRevision: integer(info.rollbackRevision),
    Notes: info.notes,
  });
}

function hookObject(hook: ReleaseHook, zone: GoZone): GoStruct {
  return struct('v1.Hook', {
    Name: hook.name,
    Kind: hook.kind,
    Path: hook.path,
    Manifest: hook.manifest,
    Events: stringSlice([...hook.events]),
    LastRun: struct('v1.HookExecution', {
      StartedAt: time(hook.lastRun.startedAt, zone),
      CompletedAt: time(hook.lastRun.completedAt, zone),
      Phase: hook.lastRun.phase,
    }),
    Weight: integer(hook.weight),
    DeletePolicies: stringSlice([...hook.deletePolicies]),
    OutputLogPolicies: stringSlice([...hook.outputLogPolicies]),
  });
}

/** What records keep of a chart's metadata, and its values. */
function chartObject(chart: Dict | null): GoStruct | null {
  if (chart === null) return null;
  const text = (key: string): string => recordedText(chart, key);
  const metadata = {
    Name: text('name'),
    Home: text('home'),
    Version: text('version'),
    Description: text('description'),
    Icon: text('icon'),
    APIVersion: text('apiVersion'),
    Condition: text('condition'),
    Tags: text('tags'),
    AppVersion: text('appVersion'),
    Annotations: stringMap(Object.entries(recordedMap(chart, 'annotations'))),
    KubeVersion: text('kubeVersion'),
    Dependencies: recordedDependencies(chart).map((each) =>
      struct('v2.Dependency', {
        Name: each['name'],
        Version: each['version'] ?? '',
        Repository: each['repository'] ?? '',
        Alias: each['alias'] ?? '',
      }),
    ),
    Type: text('type'),
  };
  return struct('v2.Chart', { Metadata: struct('v2.Metadata', metadata), Values: chart['values'] });
}
