import { expect, test } from 'vitest';
import { helmPaths } from './helm-paths.ts';
import {
  emptyRepositoryConfig,
  formatRepositoryConfig,
  parseRepositoryConfig,
  repositoryEntry,
  withRepository,
} from './repository-config.ts';

test('writes every key and reads it again', () => {
  const config = withRepository(emptyRepositoryConfig, repositoryEntry({ name: 'a', url: 'https://a' }));
  const text = formatRepositoryConfig(config);
  expect(text).toMatchInlineSnapshot(`
    "apiVersion: ""
    generated: "0001-01-01T00:00:00Z"
    repositories:
    - caFile: ""
      certFile: ""
      insecure_skip_tls_verify: false
      keyFile: ""
      name: a
      pass_credentials_all: false
      password: ""
      url: https://a
      username: ""
    "
  `);
  expect(parseRepositoryConfig(text)).toEqual(config);
});

test('paths follow HELM_, then XDG_ variables, then the platform', () => {
  const options = { platform: 'linux', homeDirectory: '/home/u' };
  expect(helmPaths({ ...options, environment: {} })).toMatchObject({
    repositoryConfig: '/home/u/.config/helm/repositories.yaml',
    repositoryCache: '/home/u/.cache/helm/repository',
    contentCache: '/home/u/.cache/helm/content',
    registryConfig: '/home/u/.config/helm/registry/config.json',
    dockerConfig: '/home/u/.docker/config.json',
  });
  const environment = { XDG_CACHE_HOME: '/x', HELM_CONFIG_HOME: '/c', HELM_REGISTRY_CONFIG: '/r.json' };
  expect(helmPaths({ ...options, environment })).toMatchObject({
    repositoryConfig: '/c/repositories.yaml',
    repositoryCache: '/x/helm/repository',
    registryConfig: '/r.json',
  });
  expect(helmPaths({ ...options, platform: 'darwin', environment: {} }).cacheHome).toBe(
    '/home/u/Library/Caches/helm',
  );
});
