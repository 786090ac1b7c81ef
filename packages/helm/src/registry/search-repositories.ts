/** `helm search repo`: charts in the kept indexes that a word, or a pattern, is found in. */
import {
  compileRegexp,
  GoError,
  parseConstraint,
  satisfiesConstraint,
  sortStrings,
  wrapGoError,
} from '@flotilla/gocompat';
import { slogRecord } from '../chart/log-record.ts';
import { type IndexEntry, versionOf } from './chart-index.ts';
import { loadCachedIndex } from './download-index.ts';
import type { RegistryHost } from './registry-host.ts';
import { loadRepositoryConfig } from './repository-config.ts';

export interface SearchOptions {
  /** The keyword, or with `isPattern` a regular expression; everything when empty. */
  readonly term?: string;
  readonly isPattern?: boolean;
  /** All versions instead of the newest. */
  readonly allVersions?: boolean;
  readonly devel?: boolean;
  readonly version?: string;
}

export interface FoundChart {
  /** `repository/chart` */
  readonly name: string;
  readonly entry: IndexEntry;
}

interface Candidate extends FoundChart {
  readonly score: number;
}

/** Found charts, best first (Helm 4.3.1 `search repo`). Throws GoError with Helm's texts. */
export function searchRepositories(host: RegistryHost, options: SearchOptions = {}): readonly FoundChart[] {
  const range = options.version || (options.devel === true ? '>0.0.0-0' : '>0.0.0');
  const match = matcherOf(options);
  const candidates = allCharts(host).flatMap((found) => scored(found, match));
  const constraint = constraintOf(range);
  const names = new Set<string>();
  return candidates.sort(compareCandidates).filter(({ name, entry }) => {
    if (options.allVersions !== true && names.has(name)) return false;
    const version = versionOf(entry.metadata.version);
    if (version === undefined || !satisfiesConstraint(constraint, version)) return false;
    names.add(name);
    return true;
  });
}

function constraintOf(range: string): ReturnType<typeof parseConstraint> {
  try {
    return parseConstraint(range);
  } catch (error) {
    throw wrapGoError('an invalid version/constraint format: ', error);
  }
}

function allCharts(host: RegistryHost): readonly FoundChart[] {
  const config = loadRepositoryConfig(host.files, host.paths.repositoryConfig);
  if (config === undefined || config.repositories.length === 0)
    throw new GoError('no repositories configured');
  return config.repositories.flatMap((repository) => {
    try {
      const index = loadCachedIndex(repository.name, host, true);
      return sortStrings([...index.names]).flatMap((name) => {
        const entries = index.entriesOf(name) ?? [];
        return entries.map((entry) => ({ name: `${repository.name}/${name}`, entry }));
      });
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      host.log(
        slogRecord('WARN', 'repo is corrupt or missing', [
          ['repo', repository.name],
          ['error', error.message],
        ]),
      );
      return [];
    }
  });
}

/** Where a text matches first; negative when it does not. */
type Match = (text: string) => number;

function matcherOf({ term = '', isPattern }: SearchOptions): Match {
  if (term === '') return () => 0;
  if (isPattern === true) {
    const pattern = compileRegexp(term);
    return (text) => pattern.search(text)?.start ?? -1;
  }
  const lower = term.toLowerCase();
  return (text) => text.toLowerCase().indexOf(lower);
}

const separator = '\v';

/** A match in the name is best, then the full name, the description, the keywords. */
function scored(found: FoundChart, match: Match): readonly Candidate[] {
  const { name, description, keywords = [] } = found.entry.metadata;
  const text = [name, found.name, description, keywords.join(' ')].join(separator);
  const at = match(text);
  return at < 0 ? [] : [{ ...found, score: text.slice(0, at).split(separator).length - 1 }];
}

function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return a.score - b.score;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return 0;
}
