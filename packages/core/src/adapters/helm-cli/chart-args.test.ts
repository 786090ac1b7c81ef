import { describe, expect, it } from 'vitest';
import type { Repository } from '../../ports/executor.ts';
import {
  dependencyArgs,
  fetchArgs,
  pullArgs,
  registryLoginArgs,
  repositoryAddArgs,
  showChartArgs,
} from './chart-args.ts';
import { parseHelmVersion } from './helm-version.ts';

const version = parseHelmVersion('v4.3.1');
const full: Repository = {
  name: 'r',
  url: 'https://example.test/charts',
  isOci: false,
  certFile: 'c',
  keyFile: 'k',
  caFile: 'ca',
  username: 'u',
  password: 'p',
  passCredentials: true,
  skipTlsVerify: true,
  verify: true,
  keyring: 'ring',
  registryConfig: 'conf',
};

describe('repositories', () => {
  it('are added with everything they need but their password', () => {
    expect(repositoryAddArgs(full, { version }).join(' ')).toBe(
      'repo add r https://example.test/charts --force-update --cert-file c --key-file k --ca-file ca --pass-credentials ' +
        '--insecure-skip-tls-verify --username u --password-stdin',
    );
    const bare = { name: 'r', url: 'https://x', isOci: false, username: 'u', certFile: 'alone' };
    expect(repositoryAddArgs(bare, { version, disableForceUpdate: true })).toEqual([
      'repo',
      'add',
      'r',
      'https://x',
    ]);
  });

  it('on registries are logged in to by host, and only with both credentials', () => {
    const registry = { ...full, url: 'https://ghcr.io:5000/org/charts', isOci: true };
    expect(registryLoginArgs(registry, version)?.join(' ')).toBe(
      'registry login ghcr.io:5000 --cert-file c --key-file k --ca-file ca --insecure --username u --password-stdin',
    );
    expect(registryLoginArgs(registry, parseHelmVersion('v3.11.0'))?.join(' ')).toBe(
      'registry login ghcr.io:5000 --insecure --username u --password-stdin',
    );
    expect(
      registryLoginArgs({ name: 'o', url: 'ghcr.io', isOci: true, username: 'u' }, version),
    ).toBeUndefined();
  });
});

describe('charts', () => {
  const request = {
    reference: 'oci://ghcr.io/org/web',
    version: '0.1.0',
    destination: '/cache',
    plainHttp: true,
    verify: true,
    keyring: 'mine',
    devel: true,
  };

  it('are pulled from registries', () => {
    expect(pullArgs({ ...request, repository: full }, { ociPlainHttp: true }).join(' ')).toBe(
      'pull oci://ghcr.io/org/web --destination /cache --untar --insecure-skip-tls-verify --ca-file ca --cert-file c ' +
        '--key-file k --verify --keyring ring --registry-config conf --verify --keyring mine --plain-http --version 0.1.0 ' +
        '--devel --plain-http',
    );
    const pinned = { reference: 'oci://h/p@sha256:ab', version: '1.0.0@sha256:ab', destination: '/d' };
    expect(pullArgs(pinned).join(' ')).toBe('pull oci://h/p@sha256:ab --destination /d --untar');
  });

  it('are fetched from repositories', () => {
    const fetch = { reference: 'r/web', version: '~1', verify: true, keyring: 'k2', destination: '/d' };
    expect(fetchArgs(fetch).join(' ')).toBe(
      'fetch r/web --version ~1 --verify --keyring k2 --untar --untardir /d',
    );
  });

  it('are asked for the version a constraint stands for', () => {
    expect(showChartArgs({ reference: 'oci://h/p', version: '~0.1' }).join(' ')).toBe(
      'show chart oci://h/p --version ~0.1',
    );
  });
});

describe('dependencies', () => {
  const request = { chartPath: './web', mode: 'build', skipRefresh: true, extraArgs: [] } as const;

  it('are built or updated', () => {
    expect(dependencyArgs({ ...request, plainHttp: true }, version).join(' ')).toBe(
      'dependency build ./web --skip-refresh --plain-http',
    );
    expect(dependencyArgs({ ...request, mode: 'update' }, version).join(' ')).toBe('dependency update ./web');
  });

  it('take of the extra arguments those that helm knows there', () => {
    const extraArgs = [
      '--burst-limit',
      '100',
      '--dry-run=server',
      '--namespace',
      'n',
      '--kube-token=x',
      '--debug',
    ];
    expect(dependencyArgs({ ...request, skipRefresh: false, extraArgs }, version).join(' ')).toBe(
      'dependency build ./web --burst-limit 100 --kube-token=x --debug',
    );
  });
});
