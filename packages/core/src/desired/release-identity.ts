import type { ReleaseSpec } from '../spec/release-spec.ts';
import { type ReleaseId, releaseId } from './desired-state.ts';

/** The identity `needs` refer to: the release's own fields, overrides applied. */
export function identityOf(spec: ReleaseSpec): ReleaseId {
  const { name = '', namespace = '', kubeContext = '' } = spec;
  return releaseId({ name, namespace, kubeContext });
}

/** `[[context/]namespace/]name` with the parts that are not written taken from the release that needs it. */
export function needId(need: string, owner: ReleaseSpec): ReleaseId {
  const segments = need.split('/');
  const name = segments.pop() ?? '';
  const namespace = segments.pop() ?? owner.namespace ?? '';
  const kubeContext = segments.length > 0 ? segments.join('/') : (owner.kubeContext ?? '');
  return releaseId({ name, namespace, kubeContext });
}

/** Labels that selectors see: own and common ones, then the implicit three, which always win. */
export function selectorLabels(
  common: Readonly<Record<string, string>>,
  spec: ReleaseSpec,
): Readonly<Record<string, string>> {
  const { name = '', namespace = '', chart = '' } = spec;
  const chartName = chart.slice(chart.lastIndexOf('/') + 1);
  return { ...common, ...spec.labels, name, namespace, chart: chartName };
}
