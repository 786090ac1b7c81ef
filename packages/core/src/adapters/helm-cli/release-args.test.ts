import { describe, expect, it } from 'vitest';
import type { ReleaseRequest } from '../../ports/executor.ts';
import { parseHelmVersion } from './helm-version.ts';
import { lintArgs, templateArgs, upgradeArgs } from './release-args.ts';

const helm4 = parseHelmVersion('v4.3.1+gd591a98\n');
const helm3 = parseHelmVersion('v3.22.0+g0123456\n');

const web: ReleaseRequest = {
  key: { name: 'web', namespace: 'n', kubeContext: 'kctx' },
  chart: { reference: 'charts/web', isLocal: true, declared: './charts/web', version: '1.2.3' },
  values: [
    { origin: 'values[0]', content: 'a: 1\n', isSecret: false },
    { origin: '--values', content: '', isSecret: false, path: '/p/cv.yaml', isFromCommandLine: true },
  ],
  set: [
    { kind: 'set', expression: 's=v' },
    { kind: 'set', expression: 'a\\{b={x,1}' },
    { kind: 'set-file', expression: 'f=ff' },
    { kind: 'set-string', expression: 'ss=1\\,2' },
    { kind: 'set', expression: 'x=y', isFromCommandLine: true },
  ],
  options: {
    devel: true,
    enableDns: true,
    wait: 'watcher',
    waitForJobs: true,
    verify: true,
    keyring: 'k',
    timeoutSeconds: 30,
    force: true,
    recreatePods: true,
    atomic: true,
    cleanupOnFail: true,
    createNamespace: true,
    disableOpenApiValidation: true,
    insecureSkipTlsVerify: true,
    adopt: ['a/b'],
    labels: { team: 'x', namespace: 'n', chart: 'web' },
    postRenderer: './pr.sh',
    postRendererArgs: ['a', '', 'b'],
    description: 'hello world',
    skipSchemaValidation: true,
    hideNotes: true,
    takeOwnership: true,
    serverSide: 'auto',
    skipCrds: true,
    historyMax: 10,
    apiVersions: ['v1/x'],
    kubeVersion: '1.30',
  },
  commandArgs: ['--foo', 'bar'],
  extraArgs: ['--baz', '--qux=1'],
};
const valuesPaths = ['/tmp/v/n-web-values-0', '/p/cv.yaml'];

/** Argument lists below are what helmfile 1.8.0 gave a recording helm, values paths apart. */
describe('helm upgrade', () => {
  it('has the flags of Helm 4 in Helmfile order', () => {
    expect(upgradeArgs({ request: web, version: helm4, valuesPaths }).join(' ')).toBe(
      'upgrade --install web charts/web --version 1.2.3 --devel --enable-dns --wait --wait-for-jobs --verify --keyring k ' +
        '--timeout 30s --force-replace --recreate-pods --rollback-on-failure --cleanup-on-fail --create-namespace ' +
        '--disable-openapi-validation --kube-context kctx --insecure-skip-tls-verify --adopt a/b ' +
        '--labels chart=web,namespace=n,team=x --post-renderer pr --description hello world --post-renderer-args=a ' +
        '--post-renderer-args=b --skip-schema-validation --hide-notes --take-ownership --server-side auto --foo bar ' +
        '--namespace n --values /tmp/v/n-web-values-0 --set s=v --set a\\{b={x,1} --set-file f=ff --set-string ss=1\\,2 ' +
        '--values /p/cv.yaml --set x=y --skip-crds --reset-values --history-max 10 --baz --qux=1',
    );
  });

  it('has the names and omissions of Helm 3', () => {
    expect(upgradeArgs({ request: web, version: helm3, valuesPaths }).join(' ')).toBe(
      'upgrade --install web charts/web --version 1.2.3 --devel --enable-dns --wait --wait-for-jobs --verify --keyring k ' +
        '--timeout 30s --force --recreate-pods --atomic --cleanup-on-fail --create-namespace ' +
        '--disable-openapi-validation --kube-context kctx --insecure-skip-tls-verify --adopt a/b ' +
        '--labels chart=web,namespace=n,team=x --post-renderer ./pr.sh --description hello world --post-renderer-args=a ' +
        '--post-renderer-args=b --skip-schema-validation --hide-notes --take-ownership --foo bar ' +
        '--namespace n --values /tmp/v/n-web-values-0 --set s=v --set a\\{b={x,1} --set-file f=ff --set-string ss=1\\,2 ' +
        '--values /p/cv.yaml --set x=y --skip-crds --reset-values --history-max 10 --baz --qux=1',
    );
  });

  it('drops a digest from the version, reuses values, and waits the old way where Helm knows one', () => {
    const request: ReleaseRequest = {
      key: { name: 'r', namespace: '', kubeContext: '' },
      chart: { reference: 'o/web', isLocal: false, declared: 'o/web', version: '1.0.0@sha256:ab' },
      values: [],
      set: [],
      options: {
        wait: 'legacy',
        reuseValues: true,
        historyMax: 0,
        timeoutSeconds: 0,
        rollbackOnFailure: true,
      },
      extraArgs: [],
    };
    expect(upgradeArgs({ request, version: helm4, valuesPaths: [] }).join(' ')).toBe(
      'upgrade --install r o/web --version 1.0.0 --wait=legacy --rollback-on-failure --reuse-values --history-max 0',
    );
    expect(upgradeArgs({ request, version: helm3, valuesPaths: [] }).join(' ')).toBe(
      'upgrade --install r o/web --version 1.0.0 --wait --rollback-on-failure --reuse-values --history-max 0',
    );
  });
});

describe('helm template', () => {
  it('has its own order and leaves cluster flags out', () => {
    const request: ReleaseRequest = {
      ...web,
      options: {
        ...web.options,
        showOnly: ['a'],
        validate: true,
        includeCrds: true,
        noHooks: true,
        skipTests: true,
      },
      commandArgs: ['--foo'],
      extraArgs: ['--burst-limit', '100'],
    };
    expect(templateArgs({ request, version: helm4, valuesPaths }).join(' ')).toBe(
      'template web charts/web --version 1.2.3 --devel --adopt a/b --enable-dns --post-renderer pr --post-renderer-args=a ' +
        '--post-renderer-args=b --api-versions v1/x --kube-version 1.30 --insecure-skip-tls-verify --show-only a ' +
        '--skip-schema-validation --kube-context kctx --foo --namespace n --values /tmp/v/n-web-values-0 --set s=v ' +
        '--set a\\{b={x,1} --set-file f=ff --set-string ss=1\\,2 --values /p/cv.yaml --set x=y --validate --include-crds ' +
        '--no-hooks --skip-tests --burst-limit 100',
    );
  });

  it('renders for a comparison as helm-diff does', () => {
    const request: ReleaseRequest = {
      key: { name: 'web', namespace: 'n', kubeContext: '' },
      chart: { reference: 'charts/web', isLocal: true, declared: './charts/web' },
      values: [],
      set: [],
      options: { isUpgrade: true, serverDryRun: true, serverSide: 'true', takeOwnership: true },
      extraArgs: [],
    };
    expect(templateArgs({ request, version: helm4, valuesPaths: [] }).join(' ')).toBe(
      'template web charts/web --namespace n --take-ownership --server-side=true --dry-run=server --is-upgrade',
    );
    expect(templateArgs({ request, version: helm3, valuesPaths: [] }).join(' ')).toBe(
      'template web charts/web --namespace n --take-ownership --validate --dry-run=server --is-upgrade',
    );
  });
});

describe('helm lint', () => {
  it('has values and adoptions only', () => {
    const request = { ...web, extraArgs: ['--burst-limit', '100'] };
    expect(lintArgs({ request, version: helm4, valuesPaths }).join(' ')).toBe(
      'lint charts/web --namespace n --values /tmp/v/n-web-values-0 --set s=v --set a\\{b={x,1} --set-file f=ff ' +
        '--set-string ss=1\\,2 --adopt a/b --values /p/cv.yaml --set x=y --burst-limit 100',
    );
  });
});
