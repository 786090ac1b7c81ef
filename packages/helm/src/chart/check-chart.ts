import { GoError, quote } from '@flotilla/gocompat';
import type { Chart } from './chart.ts';
import type { HelmCompat } from './helm-compat.ts';

/** Refuses charts that are no applications, as `helm install` and `helm template` do. Throws GoError. */
export function checkInstallable({ metadata }: Chart): void {
  if (metadata.type === '' || metadata.type === 'application') return;
  throw new GoError(`${metadata.type} charts are not installable`);
}

const missingAdvice: Readonly<Record<HelmCompat, string>> = {
  v4: "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build'",
  v3: 'An error occurred while checking for chart dependencies. You may need to run `helm dependency build`',
};

/** Declared dependencies, disabled ones too, must be in `charts/` (Helm 4.3.1 `CheckDependencies`). Throws GoError. */
export function checkDependenciesPresent({ metadata, dependencies }: Chart, compat: HelmCompat = 'v4'): void {
  const present = new Set(dependencies.map((each) => each.metadata.name));
  const missing = (metadata.dependencies ?? []).map((each) => each.name).filter((name) => !present.has(name));
  if (missing.length === 0) return;
  const found = `found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`;
  throw new GoError(`${missingAdvice[compat]} to fetch missing dependencies: ${found}`);
}

const namePattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';
const maximumNameLength = 53;

/** What is wrong with the name of a release, in Helm's words. */
export function releaseNameProblem(name: string): string | undefined {
  const isValid = name.length <= maximumNameLength && new RegExp(namePattern).test(name);
  if (isValid) return undefined;
  const reason =
    name === ''
      ? 'no name provided'
      : `invalid release name, must match regex ${namePattern} and the length must not be longer than ${maximumNameLength}`;
  return `release name ${quote(name)}: ${reason}`;
}

/** Checks a release name (Helm 4.3.1 `availableName`). Throws GoError. */
export function checkReleaseName(name: string, compat: HelmCompat = 'v4'): void {
  const problem = releaseNameProblem(name);
  if (problem === undefined) return;
  throw new GoError(compat === 'v4' ? `release name check failed: ${problem}` : problem);
}
