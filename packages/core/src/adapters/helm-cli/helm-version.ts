import { type ExecutorCapabilities, ExecutorError } from '../../ports/executor.ts';

/** What `helm version --short` says. */
export interface HelmVersion {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly isPrerelease: boolean;
}

/**
 * Reads `helm version --short`, such as `v4.3.1+gd591a98`. Rejects anything but Helm 3 and 4 with Helmfile 1.8.0's text.
 */
export function parseHelmVersion(output: string): HelmVersion {
  const match = /v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?/.exec(output);
  if (match === null) {
    throw new ExecutorError(
      'unsupported-helm',
      `error parsing helm version '${output.trim()}': invalid semantic version`,
    );
  }
  const [text, major, minor, patch, prerelease] = match;
  const version: HelmVersion = {
    text: text.replace(/^v/, ''),
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    isPrerelease: prerelease !== undefined,
  };
  if (version.major !== 3 && version.major !== 4) {
    throw new ExecutorError('unsupported-helm', 'helmfile requires helm 3.x or 4.x');
  }
  return version;
}

/** True when `version` is `minimum` (`3.13.0`) or newer. */
export function isAtLeast(version: HelmVersion, minimum: string): boolean {
  const [major = 0, minor = 0, patch = 0] = minimum.split('.').map(Number);
  if (version.major !== major) return version.major > major;
  if (version.minor !== minor) return version.minor > minor;
  return version.patch >= patch;
}

/** The one place that turns a version into what can be asked of it. */
export function capabilitiesOf(version: HelmVersion): ExecutorCapabilities {
  const isHelm4 = version.major >= 4;
  return {
    serverSide: isHelm4,
    forceConflicts: isHelm4,
    rollbackOnFailure: isHelm4,
    legacyWait: isHelm4,
    takeOwnership: isAtLeast(version, '3.17.0'),
    labels: isAtLeast(version, '3.13.0'),
    description: isAtLeast(version, '3.3.0'),
    createNamespace: isAtLeast(version, '3.2.0'),
    hideNotes: isAtLeast(version, '3.16.0'),
    cascade: isAtLeast(version, '3.12.1'),
  };
}
