import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import publishedCharts from '../published-charts.json' with { type: 'json' };

/**
 * Lays the charts of published-charts.json into a cache folder outside this repository. In: where repositories are fetched from.
 * Out: a folder for each chart, with the dependencies the list names below its `charts`. A chart that is there is left alone.
 */

export interface PublishedChart {
  readonly repository: string;
  readonly commit: string;
  /** Folder of the chart in its repository. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** The hash of the laid chart. */
  readonly sha256: string;
  /** Dependencies that the repository does not hold as files: by name, repository and folder. */
  readonly vendored?: Readonly<Record<string, readonly string[] | undefined>>;
}

/** The charts to compare. */
export const charts: readonly PublishedChart[] = publishedCharts;

export interface Places {
  readonly cache: string;
  /** What git fetches `<from>/<owner>/<name>` by: an address, or a folder of clones. Undefined fetches nothing. */
  readonly from: string | undefined;
}

/** The folder of a chart that is there or that can be fetched, else undefined and git has said why. */
export function layChart(chart: PublishedChart, places: Places): string | undefined {
  const { repository, path, vendored = {} } = chart;
  const folder = join(places.cache, repository, path === '.' ? '_' : path.replaceAll('/', '+'));
  if (existsSync(folder)) return folder;
  const archive = archiveOf(chart, places);
  if (archive === undefined) return undefined;
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  execFileSync('tar', ['-x', '-C', fresh], { input: archive });
  for (const [name, source = []] of Object.entries(vendored)) {
    const dependency = layChart(listed(source), places);
    if (dependency === undefined) return undefined;
    cpSync(dependency, join(fresh, 'charts', name), { recursive: true, verbatimSymlinks: true });
  }
  renameSync(fresh, folder);
  return folder;
}

function listed([repository, path]: readonly string[]): PublishedChart {
  const chart = charts.find((each) => each.repository === repository && each.path === path);
  if (chart === undefined) throw new Error(`${repository}/${path} is not in the list`);
  return chart;
}

/** The chart's files at its commit, which is fetched unless it was before. */
function archiveOf(
  { repository, commit, path }: PublishedChart,
  { cache, from }: Places,
): Buffer | undefined {
  const store = join(cache, '.git');
  const git = (...argv: readonly string[]): Buffer =>
    execFileSync('git', ['--git-dir', store, ...argv], {
      maxBuffer: 2 ** 30,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
  const tree = path === '.' ? commit : `${commit}:${path}`;
  if (!existsSync(store)) {
    mkdirSync(cache, { recursive: true });
    git('init', '--bare', '--quiet');
  }
  if (!isThere(() => git('cat-file', '-e', `${commit}^{commit}`))) {
    if (from === undefined) return undefined;
    if (!isThere(() => git('fetch', '--quiet', '--depth', '1', '--no-tags', `${from}/${repository}`, commit)))
      return undefined;
  }
  return git('archive', tree);
}

/** Whether git finds what it is asked for. */
function isThere(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}

/** The hash of a laid chart: of every file's path and content. */
export function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  for (const name of names) {
    const content = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    hash.update(`${name}\0${content}\n`);
  }
  return hash.digest('hex');
}
