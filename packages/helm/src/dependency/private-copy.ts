/**
 * A chart ready to render: found, fetched, unpacked into a private directory, dependencies built there. A user's own
 * chart directory is copied first, so that nothing is written into it.
 */
import { join } from 'node:path';
import { GoError } from '@flotilla/gocompat';
import { expandArchive } from '../package/expand-archive.ts';
import type { FetchOptions } from '../registry/fetch-chart.ts';
import type { HostFiles } from '../registry/host-files.ts';
import { locateChart } from '../registry/pull-chart.ts';
import type { RegistryHost } from '../registry/registry-host.ts';
import { buildDependencies, type DependencyOptions, updateDependencies } from './update-dependencies.ts';

export interface PrivateChartOptions extends FetchOptions {
  /** The folder the chart's directory goes into; must be nobody else's. */
  readonly folder: string;
  readonly dependencies?: 'build' | 'update' | 'as-they-are';
  readonly skipRefresh?: boolean;
}

/** Gives the directory of the private chart. Rejects with GoError in Helm's words. */
export async function preparePrivateChart(
  reference: string,
  host: RegistryHost,
  options: PrivateChartOptions,
): Promise<string> {
  const path = await locateChart(reference, host, options);
  const isDirectory = host.files.stat(path)?.kind === 'directory';
  const directory = isDirectory
    ? copyChart(path, options.folder, host.files)
    : expandArchive(host.files.read(path), options.folder, host.files);
  const mode = options.dependencies ?? 'as-they-are';
  if (mode === 'as-they-are') return directory;
  const { version: _version, devel: _devel, repositoryUrl: _url, verify, ...fetch } = options;
  const dependencies: DependencyOptions = {
    ...fetch,
    verify: verify === 'always',
    ...(isDirectory ? { localRoot: path } : {}),
  };
  if (mode === 'build') await buildDependencies(directory, host, dependencies);
  else await updateDependencies(directory, host, dependencies);
  return directory;
}

const maximumDepth = 100;

/** Copies a chart directory below `folder` and gives the copy's path. */
export function copyChart(path: string, folder: string, files: HostFiles): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const target = join(folder, name);
  copyDirectory(path, target, { files, depth: 0 });
  return target;
}

function copyDirectory(
  from: string,
  to: string,
  { files, depth }: { readonly files: HostFiles; readonly depth: number },
): void {
  if (depth > maximumDepth) throw new GoError(`chart directory is nested too deeply at ${from}`);
  files.makeDirectory(to);
  for (const name of files.list(from)) {
    const source = join(from, name);
    const kind = files.stat(source)?.kind;
    if (kind === 'directory') copyDirectory(source, join(to, name), { files, depth: depth + 1 });
    else if (kind === 'file') files.write(join(to, name), files.read(source));
  }
}
