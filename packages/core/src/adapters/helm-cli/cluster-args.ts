import type { ReleaseKey } from '../../desired/desired-state.ts';
import type { RollbackRequest, TestRequest, UninstallRequest } from '../../ports/executor.ts';
import { download, seconds, switches, value } from './flag-words.ts';

/**
 * The argv of helm verbs that look at or remove installed releases, in Helmfile 1.8.0's order (helmfile-cli.md §6.7, §6.8).
 * In: typed requests. Out: argv after the frame.
 */

/** The lookup behind existence checks and deployed versions; the name is a regular expression, unescaped as Helmfile's is. */
export function listArgs(key: ReleaseKey): readonly string[] {
  return [
    'list',
    '--filter',
    `^${key.name}$`,
    ...context(key),
    ...namespace(key),
    '--uninstalling',
    '--deployed',
    '--failed',
    '--pending',
  ];
}

export function statusArgs(key: ReleaseKey): readonly string[] {
  return ['status', key.name, ...namespace(key), ...context(key)];
}

/** `helm get manifest` and `helm get hooks`, as helm-diff asks. */
export function getArgs(what: 'manifest' | 'hooks', key: ReleaseKey): readonly string[] {
  return ['get', what, key.name, ...namespace(key), ...context(key)];
}

/** `helm get values`, defaults of the chart included. */
export function getValuesArgs(key: ReleaseKey): readonly string[] {
  return ['get', 'values', key.name, ...namespace(key), ...context(key), '--output', 'yaml', '--all'];
}

export function uninstallArgs(request: UninstallRequest): readonly string[] {
  const { key } = request;
  const wait = waitFlags(request);
  const cascade = value('--cascade', request.cascade);
  const flags =
    request.purpose === 'destroy'
      ? [...context(key), ...cascade, ...wait, ...namespace(key)]
      : [...namespace(key), ...wait, ...context(key), ...cascade];
  return ['delete', key.name, ...flags, ...request.extraArgs];
}

export function testArgs(request: TestRequest): readonly string[] {
  return [
    'test',
    request.key.name,
    ...namespace(request.key),
    ...switches([request.logs, '--logs']),
    ...seconds('--timeout', request.timeoutSeconds),
    ...context(request.key),
    ...download(request),
    ...request.extraArgs,
  ];
}

export function rollbackArgs(request: RollbackRequest): readonly string[] {
  return [
    'rollback',
    request.key.name,
    String(request.revision),
    ...namespace(request.key),
    ...waitFlags(request),
    ...context(request.key),
  ];
}

function waitFlags(request: {
  readonly wait?: boolean;
  readonly timeoutSeconds?: number;
}): readonly string[] {
  return request.wait === true ? ['--wait', ...seconds('--timeout', request.timeoutSeconds)] : [];
}

function namespace(key: ReleaseKey): readonly string[] {
  return value('--namespace', key.namespace);
}

function context(key: ReleaseKey): readonly string[] {
  return value('--kube-context', key.kubeContext);
}
