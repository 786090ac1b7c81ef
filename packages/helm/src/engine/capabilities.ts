/**
 * `.Capabilities`: what templates may know of the cluster and of Helm. Comes in: versions, or nothing. Goes out: plain
 * data, and the object templates see. Not its business: asking a cluster.
 */
import { GoStruct, type SliceType, typedSlice } from '@flotilla/gocompat';
import type { FunctionTable } from '@flotilla/gotemplate';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { defaultApiVersions } from './default-api-versions.ts';
import type { KubeVersion } from './kube-version.ts';

/** Helm's build information. */
export interface HelmVersion {
  readonly version: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly goVersion: string;
  /** Helm 4 only. */
  readonly kubeClientVersion: string;
}

export interface Capabilities {
  readonly kubeVersion: KubeVersion;
  readonly apiVersions: readonly string[];
  readonly helmVersion: HelmVersion;
}

const goVersion = 'go1.26.8';

const helmVersions: Readonly<Record<HelmCompat, HelmVersion>> = {
  v4: { version: 'v4.3.1', gitCommit: '', gitTreeState: '', goVersion, kubeClientVersion: 'v1.37' },
  v3: { version: 'v3.22.0', gitCommit: '', gitTreeState: '', goVersion, kubeClientVersion: '' },
};

/** What Helm assumes without a cluster (Helm 4.3.1 and 3.22.0). */
export function defaultCapabilities(compat: HelmCompat = 'v4'): Capabilities {
  const version = 'v1.37.0';
  return {
    kubeVersion: { version, normalized: compat === 'v4' ? version : '', major: '1', minor: '37' },
    apiVersions: defaultApiVersions,
    helmVersion: helmVersions[compat],
  };
}

/** The version that `kubeVersion` constraints of charts are held against. */
export function constraintVersion(version: KubeVersion): string {
  return version.normalized === '' ? version.version : version.normalized;
}

/** Go types by major: `common.Values` became of `chartutil.Values`. */
export function commonPackage(compat: HelmCompat): string {
  return compat === 'v4' ? 'common' : 'chartutil';
}

/** A named slice type: its name has no brackets. */
function versionSetType(packageName: string): SliceType {
  return `${packageName}.VersionSet` as SliceType;
}

/** The object behind `.Capabilities`. */
export function capabilitiesObject(capabilities: Capabilities, compat: HelmCompat): GoStruct {
  const packageName = commonPackage(compat);
  return struct(`${packageName}.Capabilities`, true, [
    ['KubeVersion', kubeVersionObject(capabilities.kubeVersion, packageName)],
    ['APIVersions', typedSlice(versionSetType(packageName), [...capabilities.apiVersions])],
    ['HelmVersion', helmVersionObject(capabilities.helmVersion, compat)],
  ]);
}

function kubeVersionObject(version: KubeVersion, packageName: string): GoStruct {
  const shown = constraintVersion(version);
  const text = (name: string, result: string) =>
    [name, { name, parameters: [], call: () => result }] as const;
  return new GoStruct({
    goType: `${packageName}.KubeVersion`,
    isPointer: false,
    fields: new Map([
      ['Version', version.version],
      ['Major', version.major],
      ['Minor', version.minor],
    ]),
    methods: new Map([text('String', shown), text('GitVersion', version.version)]),
    text: () => shown,
  });
}

function helmVersionObject(version: HelmVersion, compat: HelmCompat): GoStruct {
  return struct('version.BuildInfo', false, [
    ['Version', version.version],
    ['GitCommit', version.gitCommit],
    ['GitTreeState', version.gitTreeState],
    ['GoVersion', version.goVersion],
    ...(compat === 'v4' ? ([['KubeClientVersion', version.kubeClientVersion]] as const) : []),
  ]);
}

function struct(
  goType: string,
  isPointer: boolean,
  fields: readonly (readonly [string, unknown])[],
): GoStruct {
  return new GoStruct({ goType, isPointer, fields: new Map(fields), methods: new Map() });
}

/** Methods of `.Capabilities.APIVersions`. */
export const versionSetMethods: FunctionTable = new Map([
  [
    'Has',
    {
      params: ['string'] as const,
      call: (versions: never, wanted: never) => (versions as string[]).includes(wanted),
    },
  ],
]);
