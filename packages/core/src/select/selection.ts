/**
 * Selection: which releases a command works on, and why.
 * In: the desired state (its files carry their effective selectors) and how to treat needs. Out: every release of every
 * file, chosen or not, each with its reason, and the problems of duplicate choices.
 * Deals with labels, conditions and needs inclusion. Not with order (release-graph), nor with what a command does.
 */
import type { Diagnosed, Diagnostic } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredState, DesiredStateFile, ReleaseId } from '../desired/desired-state.ts';
import { duplicateReleases } from './duplicate-releases.ts';
import { includeNeeds } from './include-needs.ts';
import { matchesSelector, parseSelectors, type Selector } from './selector.ts';

/** `skip`: only what matches. `include`: with everything it needs. `require`: a need that does not match is an error. */
export type NeedsPolicy = 'skip' | 'include' | 'require';

export type SelectionReason =
  | { readonly kind: 'no-selector' }
  | { readonly kind: 'selector'; readonly selector: string }
  | { readonly kind: 'needed'; readonly by: ReleaseId }
  | { readonly kind: 'not-matched'; readonly selectors: readonly string[] }
  | { readonly kind: 'condition-off'; readonly condition: string };

export interface ReleaseChoice {
  readonly release: DesiredRelease;
  readonly isSelected: boolean;
  readonly reason: SelectionReason;
}

export interface Selection {
  /** All releases, in the order of `DesiredState.files` and of the releases in each. */
  readonly choices: readonly ReleaseChoice[];
  /** The chosen ones, in the same order. */
  readonly selected: readonly DesiredRelease[];
}

export interface SelectOptions {
  readonly needs: NeedsPolicy;
  /**
   * For `deps`, `repos`, `list`, `build`, `write-values`, `fetch`, `status`, `test` and `show-dag`: a file without
   * selectors keeps the releases whose condition is off.
   */
  readonly keepsDisabled?: boolean;
}

/** Chooses releases as Helmfile 1.8.0 does; fails on malformed selectors and on two chosen releases of one identity. */
export function selectReleases(state: DesiredState, options: SelectOptions): Diagnosed<Selection> {
  const diagnostics: Diagnostic[] = [];
  const cache = new Map<string, readonly Selector[]>();
  const choices: ReleaseChoice[] = [];
  for (const file of state.files) {
    const selectors = selectorsOf(file, cache, diagnostics);
    for (const release of file.releases) choices.push(choose(release, selectors, options));
  }
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const final = options.needs === 'include' ? includeNeeds(choices) : choices;
  const selected = final.filter((choice) => choice.isSelected).map((choice) => choice.release);
  return { value: { choices: final, selected }, diagnostics: duplicateReleases(state, selected) };
}

function selectorsOf(
  file: DesiredStateFile,
  cache: Map<string, readonly Selector[]>,
  diagnostics: Diagnostic[],
): readonly Selector[] {
  const key = file.selectors.join('\n');
  const known = cache.get(key);
  if (known !== undefined) return known;
  const parsed = parseSelectors(file.selectors);
  diagnostics.push(...parsed.diagnostics);
  const selectors = parsed.value ?? [];
  cache.set(key, selectors);
  return selectors;
}

function choose(
  release: DesiredRelease,
  selectors: readonly Selector[],
  options: SelectOptions,
): ReleaseChoice {
  const match = selectors.find((selector) => matchesSelector(release.labels, selector));
  if (selectors.length > 0 && match === undefined) {
    const texts = selectors.map((selector) => selector.text);
    return { release, isSelected: false, reason: { kind: 'not-matched', selectors: texts } };
  }
  const appliesConditions = selectors.length > 0 || options.keepsDisabled !== true;
  if (appliesConditions && !release.isEnabled) {
    const condition = release.spec.condition ?? '';
    return { release, isSelected: false, reason: { kind: 'condition-off', condition } };
  }
  if (match === undefined) return { release, isSelected: true, reason: { kind: 'no-selector' } };
  return { release, isSelected: true, reason: { kind: 'selector', selector: match.text } };
}
