import { GoError } from '@flotilla/gocompat';
import type { Chart } from './chart.ts';

/** Refuses charts that are no applications, as `helm install` and `helm template` do. Throws GoError. */
export function checkInstallable({ metadata }: Chart): void {
  if (metadata.type === '' || metadata.type === 'application') return;
  throw new GoError(`${metadata.type} charts are not installable`);
}

/** Declared dependencies, disabled ones too, must be in `charts/` (Helm 4.3.1 `CheckDependencies`). Throws GoError. */
export function checkDependenciesPresent({ metadata, dependencies }: Chart): void {
  const present = new Set(dependencies.map((each) => each.metadata.name));
  const missing = (metadata.dependencies ?? []).map((each) => each.name).filter((name) => !present.has(name));
  if (missing.length === 0) return;
  throw new GoError(
    `an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`,
  );
}

const namePattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';
const maximumNameLength = 53;

/** Checks a release name (Helm 4.3.1 `ValidateReleaseName`). Throws GoError `release name check failed: …`. */
export function checkReleaseName(name: string): void {
  if (name === '') throw new GoError('release name check failed: release name "": no name provided');
  if (name.length <= maximumNameLength && new RegExp(namePattern).test(name)) return;
  throw new GoError(
    `release name check failed: release name ${JSON.stringify(name)}: invalid release name, must match regex ${namePattern} and the length must not be longer than ${maximumNameLength}`,
  );
}
