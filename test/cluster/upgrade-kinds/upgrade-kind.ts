import type { JsonObject } from '@flotilla/helm';

/** One kind of upgrade: what the chart is before and after it, and what happens in between. */
export interface UpgradeKind {
  /** The chart's only template. */
  readonly before: string;
  readonly after: string;
  /** The chart's own values, before and after; none unless given. */
  readonly values?: readonly [before: string, after: string];
  /** What somebody else does to live objects before the upgrade. */
  readonly meanwhile?: readonly Intervention[];
  /** What the upgrade is told: top-level values, and flags with what they are to us. */
  readonly set?: JsonObject;
  readonly flags?: readonly string[];
  readonly options?: JsonObject;
  /** Helm says no; true for one version of Helm only where that one does. */
  readonly fails?: true | 'v3' | 'v4';
  /** Kinds of objects beside the common ones. */
  readonly kinds?: readonly (readonly [apiVersion: string, kind: string])[];
  /** A CRD that is there before the chart. */
  readonly crd?: string;
  /** Helm 3 has nothing like it, or does it badly. */
  readonly onlyHelm4?: boolean;
}

export interface Intervention {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** A merge patch; deleted without one. */
  readonly patch?: JsonObject;
}

export const configMap = (name: string, data: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${more}}\ndata: ${data}\n---\n`;

export const keep = ', annotations: {helm.sh/resource-policy: keep}';

/** Anything with pods of one container; `more` are further members of the spec, `pod` of the pod's spec. */
export function workload(
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet',
  {
    name = 'web',
    more = '',
    pod = '',
    containers = '[{name: a, image: "a:1"}]',
    labels = 'app: web',
  }: {
    readonly name?: string;
    readonly more?: string;
    readonly pod?: string;
    readonly containers?: string;
    readonly labels?: string;
  } = {},
): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec: {${more}selector: {matchLabels: {${labels}}}, template: {metadata: {labels: {${labels}}}, spec: {${pod}containers: ${containers}}}}
---
`;
}

export const service = (ports: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ${more}ports: ${ports}}\n---\n`;
