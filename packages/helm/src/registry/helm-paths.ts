/** Where Helm keeps what it remembers: configuration, caches, credentials (Helm 4.3.1 `helmpath`, `cli.New`). */
import { join } from 'node:path';

/** The environment of a process as far as Helm reads it. */
export type HelmEnvironment = Readonly<Record<string, string | undefined>>;

export interface HelmPaths {
  readonly cacheHome: string;
  readonly configHome: string;
  readonly dataHome: string;
  /** `HELM_REPOSITORY_CONFIG` */
  readonly repositoryConfig: string;
  /** `HELM_REPOSITORY_CACHE` */
  readonly repositoryCache: string;
  /** `HELM_CONTENT_CACHE` */
  readonly contentCache: string;
  /** `HELM_REGISTRY_CONFIG` */
  readonly registryConfig: string;
  readonly plugins: string;
  /** Docker's credentials: `DOCKER_CONFIG`, or `~/.docker`. */
  readonly dockerConfig: string;
  /** `GNUPGHOME`, or `~/.gnupg`. */
  readonly gnupgHome: string;
}

export interface HelmPathsOptions {
  readonly environment: HelmEnvironment;
  readonly platform: string;
  readonly homeDirectory: string;
}

interface BaseFolders {
  readonly cache: string;
  readonly config: string;
  readonly data: string;
}

/** Helm's paths for an environment; a variable that is set and not empty wins over the platform's custom. */
export function helmPaths({ environment, platform, homeDirectory }: HelmPathsOptions): HelmPaths {
  const base = baseFolders(environment, platform, homeDirectory);
  const folder = (own: string, xdg: string, fallback: string): string => {
    const direct = environment[own];
    if (direct) return direct;
    const root = environment[xdg];
    return root ? join(root, 'helm') : fallback;
  };
  const cacheHome = folder('HELM_CACHE_HOME', 'XDG_CACHE_HOME', base.cache);
  const configHome = folder('HELM_CONFIG_HOME', 'XDG_CONFIG_HOME', base.config);
  const dataHome = folder('HELM_DATA_HOME', 'XDG_DATA_HOME', base.data);
  return {
    cacheHome,
    configHome,
    dataHome,
    repositoryConfig: environment['HELM_REPOSITORY_CONFIG'] ?? join(configHome, 'repositories.yaml'),
    repositoryCache: environment['HELM_REPOSITORY_CACHE'] ?? join(cacheHome, 'repository'),
    contentCache: environment['HELM_CONTENT_CACHE'] ?? join(cacheHome, 'content'),
    registryConfig: environment['HELM_REGISTRY_CONFIG'] ?? join(configHome, 'registry', 'config.json'),
    plugins: environment['HELM_PLUGINS'] ?? join(dataHome, 'plugins'),
    dockerConfig: join(environment['DOCKER_CONFIG'] || join(homeDirectory, '.docker'), 'config.json'),
    gnupgHome: environment['GNUPGHOME'] ?? join(homeDirectory, '.gnupg'),
  };
}

function baseFolders(environment: HelmEnvironment, platform: string, home: string): BaseFolders {
  switch (platform) {
    case 'darwin':
      return {
        cache: join(home, 'Library', 'Caches', 'helm'),
        config: join(home, 'Library', 'Preferences', 'helm'),
        data: join(home, 'Library', 'helm'),
      };
    case 'win32': {
      const roaming = join(environment['APPDATA'] ?? home, 'helm');
      return { cache: join(environment['TEMP'] ?? home, 'helm'), config: roaming, data: roaming };
    }
    default:
      return {
        cache: join(home, '.cache', 'helm'),
        config: join(home, '.config', 'helm'),
        data: join(home, '.local', 'share', 'helm'),
      };
  }
}

/** File of a repository's cached index. */
export function indexCachePath(paths: HelmPaths, repository: string): string {
  return join(paths.repositoryCache, `${repository}-index.yaml`);
}

/** File of the names in a repository's cached index, one a line. */
export function chartNamesPath(paths: HelmPaths, repository: string): string {
  return join(paths.repositoryCache, `${repository}-charts.txt`);
}
