import { helmDefaultsShape } from '../spec/helm-defaults-shape.ts';
import type { HelmDefaultsSpec, RepositorySpec, StateSpec } from '../spec/state-spec.ts';
import { rememberMerge } from '../yaml/provenance.ts';
import { isZero, unite } from './merge-specs.ts';

/** The keys an entry of `helmfiles` may name in `inherits` that are part of a spec; `environments` is the loader's. */
type InheritedSpec = Pick<
  StateSpec,
  'repositories' | 'helmDefaults' | 'commonLabels' | 'templates' | 'apiVersions' | 'kubeVersion'
>;

/**
 * Fills a sub-helmfile's spec from its parent's, for the keys it inherits (Helmfile 1.8.0 `inherits`). What the child says
 * wins, except that an explicit zero in its `helmDefaults` counts as nothing.
 */
export function inheritFromParent(child: StateSpec, parent: StateSpec, keys: readonly string[]): StateSpec {
  const wanted = new Set(keys);
  const from = <K extends keyof InheritedSpec>(key: K): InheritedSpec[K] | undefined =>
    wanted.has(key) && !isZero(parent[key]) ? parent[key] : undefined;
  const inherited: InheritedSpec = {
    ...optional('repositories', joinRepositories(from('repositories'), child.repositories)),
    ...optional('helmDefaults', fillDefaults(child.helmDefaults, from('helmDefaults'))),
    ...optional('commonLabels', uniteOptional(from('commonLabels'), child.commonLabels)),
    ...optional('templates', uniteOptional(from('templates'), child.templates)),
    ...optional('apiVersions', joinUnique(from('apiVersions'), child.apiVersions)),
    ...optional('kubeVersion', isZero(child.kubeVersion) ? from('kubeVersion') : child.kubeVersion),
  };
  const filled: StateSpec = { ...child, ...inherited };
  rememberMerge(filled, [parent, child]);
  return filled;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
}

/** Parent's first; of the same name only the last stays, in its place. */
function joinRepositories(
  parent: readonly RepositorySpec[] | undefined,
  child: readonly RepositorySpec[] = [],
): readonly RepositorySpec[] | undefined {
  if (parent === undefined) return undefined;
  const all = [...parent, ...child];
  const last = new Map(all.map((repository, index) => [repository.name ?? '', index]));
  return all.filter((repository, index) => last.get(repository.name ?? '') === index);
}

function fillDefaults(
  child: HelmDefaultsSpec = {},
  parent: HelmDefaultsSpec | undefined,
): HelmDefaultsSpec | undefined {
  if (parent === undefined) return undefined;
  const filled: Record<string, unknown> = { ...child };
  for (const [key, value] of Object.entries(parent)) {
    const isUnset = filled[key] === undefined && helmDefaultsShape.fields[key]?.isNullable === true;
    if (isUnset || (isZero(filled[key]) && !isZero(value))) filled[key] = value;
  }
  rememberMerge(filled, [parent, child]);
  return filled;
}

function uniteOptional<T>(
  parent: Readonly<Record<string, T>> | undefined,
  child: Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, T>> | undefined {
  return parent === undefined || child === undefined ? (child ?? parent) : unite(parent, child);
}

function joinUnique(
  parent: readonly string[] | undefined,
  child: readonly string[] = [],
): readonly string[] | undefined {
  return parent === undefined ? undefined : [...new Set([...parent, ...child])];
}
