import { describe, expect, it } from 'vitest';
import { repositoryOf, resolveRepository } from './repositories.ts';

const nothing = { environment: {}, mirrors: [] };

describe('a repository', () => {
  it('takes absent credentials from variables named after it', () => {
    const environment = { MY_REPO_USERNAME: 'env-user', MY_REPO_PASSWORD: 'env-pass' };
    const spec = { name: 'my-repo', url: 'https://x', username: 'own' };
    expect(resolveRepository(spec, { ...nothing, environment })).toEqual({
      name: 'my-repo',
      url: 'https://x',
      isOci: false,
      username: 'own',
      password: 'env-pass',
    });
  });

  it('is reached through its mirror, registries with or without their scheme', () => {
    const mirrors = [
      { from: 'https://x', to: 'https://mirror' },
      { from: 'oci://ghcr.io', to: 'oci://localhost:5000' },
    ];
    expect(resolveRepository({ name: 'r', url: 'https://x/y' }, { ...nothing, mirrors }).url).toBe(
      'https://mirror/y',
    );
    const registry = resolveRepository({ name: 'o', url: 'ghcr.io/org', oci: true }, { ...nothing, mirrors });
    expect(registry).toEqual({ name: 'o', url: 'localhost:5000/org', isOci: true });
  });

  it('is found by what stands before the first slash of a chart', () => {
    const repositories = [resolveRepository({ name: 'r', url: 'https://x' }, nothing)];
    expect(repositoryOf('r/web', repositories)?.name).toBe('r');
    expect(repositoryOf('r', repositories)).toBeUndefined();
    expect(repositoryOf('rr/web', repositories)).toBeUndefined();
  });
});
