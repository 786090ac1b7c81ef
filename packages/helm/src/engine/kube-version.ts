import { GoError, quote } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';

/** A Kubernetes version as `.Capabilities.KubeVersion` shows it. */
export interface KubeVersion {
  /** As the server or the user says it, with a leading `v`. */
  readonly version: string;
  /** Without suffix, what constraints are checked against; empty when it came from a server. */
  readonly normalized: string;
  readonly major: string;
  readonly minor: string;
}

/**
 * `--kube-version` (Helm 4.3.1 `ParseKubeVersion`): two or more numbers and whatever follows. Helm 3 drops what follows.
 * Throws GoError without the flag's name.
 */
export function parseKubeVersion(text: string, compat: HelmCompat = 'v4'): KubeVersion {
  const numbers = /^[\t\n\f\r ]*v?([0-9]+(?:\.[0-9]+)*).*$/.exec(text)?.[1];
  if (numbers === undefined) throw new GoError(`could not parse ${quote(text)} as version`);
  const components = numbers.split('.');
  const [major = '', minor] = components;
  if (minor === undefined) throw new GoError(`illegal version string ${quote(text)}`);
  if (major.startsWith('0') && major !== '0') {
    throw new GoError(`illegal zero-prefixed version component ${quote(major)} in ${quote(text)}`);
  }
  const values = components.map((component) => componentValue(component, text));
  const normalized = `v${values.join('.')}`;
  const written = text.startsWith('v') ? text : `v${text}`;
  return {
    version: compat === 'v3' ? normalized : written,
    normalized: compat === 'v3' ? '' : normalized,
    major: String(values[0]),
    minor: String(values[1]),
  };
}

function componentValue(component: string, text: string): string {
  const value = BigInt(component);
  if (value < 2n ** 64n) return value.toString();
  throw new GoError(
    `illegal non-numeric version component ${quote(component)} in ${quote(text)}: strconv.ParseUint: parsing ${quote(component)}: value out of range`,
  );
}
