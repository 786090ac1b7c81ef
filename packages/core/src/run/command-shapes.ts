import type { CommandName } from '../events/events.ts';
import type { CommandOptions } from '../prepare/command-options.ts';
import type { FilePreparationOptions } from '../prepare/file-preparation.ts';
import { applyFile } from './apply-file.ts';
import { depsFile } from './deps-file.ts';
import { destroyFile } from './destroy-file.ts';
import { diffFile } from './diff-file.ts';
import { fetchFile } from './fetch-file.ts';
import type { FileBody } from './file-run.ts';
import { lintFile } from './lint-file.ts';
import { statusFile, testFile } from './read-files.ts';
import { reposFile } from './repos-file.ts';
import { syncFile } from './sync-file.ts';
import { templateFile } from './template-file.ts';
import { writeValuesFile } from './write-values-file.ts';

/** What sets the commands on releases apart from one another; the envelope around them is the same. */
export interface CommandShape {
  readonly name: CommandName;
  readonly body: FileBody;
  readonly preparation: (options: CommandOptions) => FilePreparationOptions;
  /** Versions of the lock file do not count. */
  readonly ignoresLock?: boolean;
  /** Files are taken in reverse. */
  readonly isReversed?: boolean;
  /** Without selectors, releases whose condition is off take part (see SelectOptions). */
  readonly keepsDisabled?: boolean;
}

function asAsked(options: CommandOptions): FilePreparationOptions {
  return { skipsRepositories: options.skipDeps === true || options.skipRefresh === true };
}

function sharingCharts(options: CommandOptions): FilePreparationOptions {
  return { ...asAsked(options), downloads: { kind: 'shared' } };
}

export const commandShapes = {
  sync: { name: 'sync', body: syncFile, preparation: sharingCharts },
  apply: { name: 'apply', body: applyFile, preparation: sharingCharts },
  diff: { name: 'diff', body: diffFile, preparation: sharingCharts },
  template: { name: 'template', body: templateFile, preparation: asAsked },
  destroy: {
    name: 'destroy',
    body: destroyFile,
    preparation: (options) =>
      options.skipCharts === true
        ? { skipsRepositories: true, skipsRegistries: true, skipsCharts: true, skipsHooks: true }
        : asAsked(options),
    isReversed: true,
  },
  lint: {
    name: 'lint',
    body: lintFile,
    preparation: (options) => ({ ...asAsked(options), downloads: { kind: 'temporary' } }),
  },
  fetch: {
    name: 'fetch',
    body: fetchFile,
    preparation: (options) => ({
      ...asAsked(options),
      downloads:
        options.outputDirectory === undefined && options.outputDirectoryTemplate === undefined
          ? { kind: 'temporary' }
          : { kind: 'kept', directory: (options.outputDirectory ?? '').replace(/\/+$/, '') },
    }),
    keepsDisabled: true,
  },
  test: { name: 'test', body: testFile, preparation: asAsked, keepsDisabled: true },
  status: {
    name: 'status',
    body: statusFile,
    preparation: () => ({ skipsRepositories: true, skipsDependencies: true }),
    keepsDisabled: true,
  },
  writeValues: {
    name: 'write-values',
    body: writeValuesFile,
    preparation: (options) => ({ ...asAsked(options), skipsCharts: true }),
    keepsDisabled: true,
    ignoresLock: true,
  },
  deps: {
    name: 'deps',
    body: depsFile,
    preparation: (options) => ({
      skipsRepositories: options.skipRepositories === true,
      skipsCharts: true,
      skipsHooks: true,
    }),
    keepsDisabled: true,
    ignoresLock: true,
  },
  repos: {
    name: 'repos',
    body: reposFile,
    preparation: () => ({
      skipsRepositories: false,
      skipsCharts: true,
      skipsHooks: true,
      takesAllRepositories: true,
    }),
    keepsDisabled: true,
    ignoresLock: true,
  },
} as const satisfies Readonly<Record<string, CommandShape>>;
