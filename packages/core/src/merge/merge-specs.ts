/**
 * Merging of specs: Helmfile's engines for state files and releases, driven by the field tables.
 * In: two specs, as decoded. Out: one, with lists and blocks taken over by identity so that their places survive.
 * An explicit `false`, `0` or `""` never beats an earlier value; it counts only where nothing came before.
 * Not its business: values (merge-values), which files are layers.
 */
import type { Field, Shape } from '../spec/field.ts';
import { releaseShape } from '../spec/release-shape.ts';
import type { ReleaseSpec } from '../spec/release-spec.ts';
import { stateShape } from '../spec/state-shape.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import { rememberAppend, rememberMerge } from '../yaml/provenance.ts';
import { mergeEnvironments } from './merge-environments.ts';

type Lists = 'replace' | 'append';
type Block = Readonly<Record<string, unknown>>;

/** Engine C, between the parts of a file: lists replace unless empty; environments and templates replace by name. */
export function mergeParts(base: StateSpec, over: StateSpec): StateSpec {
  return mergeBlocks(base, over, { shape: stateShape, lists: 'replace' }) as StateSpec;
}

/** Engine D, between the YAML documents of one part: like C, but lists append. */
export function mergeDocuments(base: StateSpec, over: StateSpec): StateSpec {
  return mergeBlocks(base, over, { shape: stateShape, lists: 'append' }) as StateSpec;
}

/** Engine D between base layers: environments of the same name merge too. */
export function mergeLayers(base: StateSpec, over: StateSpec): StateSpec {
  const { environments: lower, ...rest } = base;
  const { environments: upper, ...overRest } = over;
  const merged = mergeBlocks(rest, overRest, { shape: stateShape, lists: 'append' }) as StateSpec;
  const environments = mergeEnvironments(lower, upper);
  const result = environments === undefined ? merged : { ...merged, environments };
  rememberMerge(result, [base, over]);
  return result;
}

/** Engine F, from a release template to a release: lists append, labels join. */
export function mergeReleases(base: ReleaseSpec, over: ReleaseSpec): ReleaseSpec {
  return mergeBlocks(base, over, { shape: releaseShape, lists: 'append' });
}

interface Rules {
  readonly shape: Shape;
  readonly lists: Lists;
}

function mergeBlocks<T extends object>(base: T, over: T, rules: Rules): T {
  const merged: Record<string, unknown> = { ...(base as Block) };
  for (const [key, value] of Object.entries(over)) {
    const field = rules.shape.fields[key];
    merged[key] = field === undefined ? value : mergeField(merged[key], value, { field, lists: rules.lists });
  }
  rememberMerge(merged, [base, over]);
  return merged as T;
}

interface FieldRules {
  readonly field: Field;
  readonly lists: Lists;
}

function mergeField(base: unknown, over: unknown, { field, lists }: FieldRules): unknown {
  if (base === undefined || base === null) return over;
  if (isZero(over)) return base;
  switch (field.type.kind) {
    case 'list':
    case 'block-or-list':
    case 'name-or-names':
      return lists === 'append' ? append(base as readonly unknown[], over as readonly unknown[]) : over;
    case 'map':
      return unite(base as Block, over as Block);
    case 'block':
      return mergeBlocks(base, over as Block, { shape: field.type.shape, lists });
    default:
      return over;
  }
}

/** What Go calls the zero value, also behind a pointer; an empty list or map is none. */
export function isZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
  }
  return value === undefined || value === null || value === false || value === 0 || value === '';
}

function append(base: readonly unknown[], over: readonly unknown[]): readonly unknown[] {
  if (base.length === 0) return over;
  const joined = [...base, ...over];
  rememberAppend(joined, [base, over]);
  return joined;
}

/** All keys of both; the entries of `over` whole. */
export function unite<T>(
  base: Readonly<Record<string, T>>,
  over: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const united = Object.assign(
    Object.create(Object.getPrototypeOf(base) as object | null) as Record<string, T>,
    base,
    over,
  );
  rememberMerge(united, [base, over]);
  return united;
}
