import { describe, expect, it } from 'vitest';
import { classifyFailure, failureSentence, saysReleaseNotFound } from './classify-failure.ts';

/** What Helm 4.3.1 and 3.22.0 printed, verb first. */
const corpus: readonly (readonly [string, string, string])[] = [
  [
    'render-failed',
    'template',
    'Error: execution error at (good/templates/f.yaml:1:3): no\n\nUse --debug flag to render out invalid YAML\n',
  ],
  ['render-failed', 'template', 'Error: parse error at (good/templates/f.yaml:1): missing value for if\n'],
  [
    'render-failed',
    'template',
    'Error: YAML parse error on good/templates/f.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context\n',
  ],
  [
    'schema-violation',
    'template',
    "Error: values don't meet the specifications of the schema(s) in the following chart(s):\ngood:\n- at '/replicaCount': got number, want string\n",
  ],
  [
    'dependency-build',
    'template',
    "Error: an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: x\n",
  ],
  [
    'dependency-build',
    'dependency',
    "Error: no cached repository for helm-manager-20bb found. (try 'helm repo update'): open /root/.cache/helm/repository/helm-manager-20bb-index.yaml: no such file or directory\n",
  ],
  [
    'chart-invalid',
    'template',
    'Error: unable to detect chart at /c/nochart/Chart.yaml: open /c/nochart/Chart.yaml: no such file or directory\n',
  ],
  ['chart-invalid', 'lint', 'Error: 1 chart(s) linted, 1 chart(s) failed\n'],
  ['chart-not-found', 'template', 'Error: path "./none" not found\n'],
  ['chart-not-found', 'upgrade', 'Error: repo nope not found\n'],
  ['chart-verification', 'template', 'Error: unpacked charts cannot be verified\n'],
  [
    'cluster-unreachable',
    'upgrade',
    'Error: kubernetes cluster unreachable: Get "http://localhost:8080/version": dial tcp 127.0.0.1:8080: connect: connection refused\n',
  ],
  [
    'cluster-unreachable',
    'upgrade',
    'Error: Kubernetes cluster unreachable: Get "http://localhost:8080/version": dial tcp 127.0.0.1:8080: connect: connection refused\n',
  ],
  [
    'repository-unreachable',
    'repo',
    'Error: looks like "http://127.0.0.1:1/" is not a valid chart repository or cannot be reached: Get "http://127.0.0.1:1/index.yaml": dial tcp 127.0.0.1:1: connect: connection refused\n',
  ],
  [
    'repository-unreachable',
    'pull',
    'Error: failed to perform "FetchReference" on source: Get "https://127.0.0.1:1/v2/x/manifests/1.0.0": dial tcp 127.0.0.1:1: connect: connection refused\n',
  ],
  ['plugin-missing', 'diff', 'Error: unknown command "diff" for "helm"\nRun \'helm --help\' for usage.\n'],
  [
    'update-forbidden',
    'upgrade',
    'Error: UPGRADE FAILED: server-side apply failed for object a/store apps/v1, Kind=StatefulSet: StatefulSet.apps "store" is invalid: spec: Forbidden: updates to statefulset spec for fields other than \'replicas\' are forbidden\n',
  ],
  [
    'timeout',
    'upgrade',
    'Error: UPGRADE FAILED: release slow failed, and has been rolled back due to rollback-on-failure being set: resource Pod/a/slow-never not ready. status: InProgress, message: Pod is running but is not Ready\n',
  ],
  [
    'test-failed',
    'test',
    'Error: resource Pod/rec/jobs-ping not ready. status: Failed, message: pod jobs-ping failed\n',
  ],
  [
    'release-pending',
    'upgrade',
    'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress\n',
  ],
  [
    'unclassified',
    'delete',
    'Error: invalid cascade value (sideways). Must be "background", "foreground", or "orphan"\n',
  ],
];

describe('a failure of helm', () => {
  it.each(corpus)('is %s when helm %s prints %j', (code, verb, stderr) => {
    expect(classifyFailure({ verb, stderr })).toBe(code);
  });

  it('has one sentence that says what is wrong', () => {
    const stderr = 'level=WARN msg="look out"\nError: UPGRADE FAILED: boom\ndetail\n';
    expect(failureSentence(stderr)).toBe('UPGRADE FAILED: boom\ndetail');
    expect(failureSentence('no prefix\n')).toBe('no prefix');
  });

  it('may only say that a release is absent', () => {
    expect(saysReleaseNotFound('Error: release: not found\n')).toBe(true);
    expect(saysReleaseNotFound('Error: repo nope not found\n')).toBe(false);
  });
});
