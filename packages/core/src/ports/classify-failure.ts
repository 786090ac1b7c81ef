import type { ExecutorErrorCode } from './executor.ts';

/** What a failed helm call left behind. */
export interface HelmFailure {
  readonly verb: string;
  readonly stderr: string;
}

/** First match wins; patterns are texts of Helm 3.22 and 4.3, see the corpus in the test. */
const patterns: readonly (readonly [ExecutorErrorCode, RegExp])[] = [
  ['update-forbidden', /Forbidden: updates/],
  ['release-pending', /another operation \(install\/upgrade\/rollback\) is in progress/],
  ['plugin-missing', /unknown command "\w+" for "helm"|plugin ".*" not found/],
  ['schema-violation', /values don't meet the specifications of the schema/],
  ['chart-verification', /failed to fetch provenance|cannot be verified|openpgp: |sha256 sum does not match/],
  ['cluster-unreachable', /cluster unreachable|Unable to connect to the server/],
  ['permission-denied', /is forbidden: User|the server has asked for the client to provide credentials/],
  ['hook-failed', /(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed|hooks failed: /],
  ['timeout', /context deadline exceeded|timed out waiting for the condition|not ready\. status: InProgress/],
  ['registry-auth', /401: unauthorized|403: denied|denied: requested access|failed to authorize/i],
  [
    'dependency-build',
    /missing in charts\/ directory|lock file \(Chart\.lock\) is out of sync|no repository definition for/,
  ],
  ['repository-unreachable', /is not a valid chart repository|no such host|dial tcp|i\/o timeout/],
  [
    'chart-not-found',
    /^Error: (?:.*: )?(?:chart "|path ").*not found|^Error: repo \S+ not found|manifest unknown|no chart version found|non-absolute URLs should be in form of/m,
  ],
  ['render-failed', /execution error at|parse error at|YAML parse error on|error calling /],
  [
    'chart-invalid',
    /unable to (?:detect chart|load chart archive)|does not appear to be a gzipped archive|Chart\.yaml file is missing|cannot load Chart\.yaml|validation: |chart\(s\) failed/,
  ],
];

/** By verb, when nothing in the text says more. */
const byVerb: Readonly<Record<string, ExecutorErrorCode>> = {
  dependency: 'dependency-build',
  template: 'render-failed',
  test: 'test-failed',
  lint: 'chart-invalid',
};

/** What kind of failure a helm call ended in. The only place that reads helm's words. */
export function classifyFailure(failure: HelmFailure): ExecutorErrorCode {
  for (const [code, pattern] of patterns) {
    if (pattern.test(failure.stderr)) return code;
  }
  return byVerb[failure.verb] ?? 'unclassified';
}

/** True when helm says that there is no such release. */
export function saysReleaseNotFound(stderr: string): boolean {
  return /release: not found/.test(stderr);
}

/** The sentence of helm's stderr that says what went wrong: from `Error: ` on, or all of it. */
export function failureSentence(stderr: string): string {
  const start = stderr.search(/^Error: /m);
  return (start === -1 ? stderr : stderr.slice(start + 'Error: '.length)).trim();
}
