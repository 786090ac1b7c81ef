import { GoError } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import type { Chart } from './chart.ts';
import { memoryChartFiles } from './chart-files.ts';
import { checkDependenciesPresent, checkInstallable, checkReleaseName } from './check-chart.ts';
import { loadChart } from './load-chart.ts';

function chart(extra: string): Chart {
  const files = memoryChartFiles({ 'Chart.yaml': `apiVersion: v2\nname: c\nversion: 1.0.0\n${extra}` });
  return loadChart({ kind: 'directory', files });
}

test('libraries are not installable', () => {
  checkInstallable(chart('type: application\n'));
  expect(() => checkInstallable(chart('type: library\n'))).toThrow(
    new GoError('library charts are not installable'),
  );
});

test('declared charts must be there, in the words of each major', () => {
  const lacking = chart('dependencies: [{name: a}, {name: b}]\n');
  expect(() => checkDependenciesPresent(lacking)).toThrow(
    new GoError(
      "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: a, b",
    ),
  );
  expect(() => checkDependenciesPresent(lacking, 'v3')).toThrow(
    new GoError(
      'An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: a, b',
    ),
  );
});

test.each([
  ['', 'release name check failed: release name "": no name provided'],
  [
    'Upper',
    'release name check failed: release name "Upper": invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53',
  ],
])('%j is no release name', (name, message) => {
  expect(() => checkReleaseName(name)).toThrow(new GoError(message));
  expect(() => checkReleaseName(name, 'v3')).toThrow(
    new GoError(message.replace('release name check failed: ', '')),
  );
});

test('names may have dots and 53 characters', () => {
  expect(() => checkReleaseName(`a.${'b'.repeat(51)}`)).not.toThrow();
});
