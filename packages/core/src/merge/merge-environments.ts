import type { EnvironmentSpec } from '../spec/state-spec.ts';
import { rememberAppend, rememberMerge } from '../yaml/provenance.ts';

type Environments = Readonly<Record<string, EnvironmentSpec>>;

/**
 * Environments of base layers, per name: values and secrets join, scalars are the later ones where set. Under `fallback` the
 * later layer's values come first, so that it still wins.
 */
export function mergeEnvironments(
  base: Environments | undefined,
  over: Environments | undefined,
): Environments | undefined {
  if (base === undefined || over === undefined) return over ?? base;
  const merged: Record<string, EnvironmentSpec> = Object.assign(
    Object.create(Object.getPrototypeOf(base) as object | null),
    base,
  );
  for (const [name, environment] of Object.entries(over)) {
    const lower = merged[name];
    merged[name] = lower === undefined ? environment : mergeEnvironment(lower, environment);
  }
  rememberMerge(merged, [base, over]);
  return merged;
}

function mergeEnvironment(base: EnvironmentSpec, over: EnvironmentSpec): EnvironmentSpec {
  const mergeStrategy =
    over.mergeStrategy !== '' ? (over.mergeStrategy ?? base.mergeStrategy) : base.mergeStrategy;
  const isFallback = mergeStrategy === 'fallback';
  const values = isFallback ? join(over.values, base.values) : join(base.values, over.values);
  const secrets = join(base.secrets, over.secrets);
  const kubeContext =
    over.kubeContext === undefined || over.kubeContext === '' ? base.kubeContext : over.kubeContext;
  const merged: EnvironmentSpec = {
    ...base,
    ...over,
    ...(values === undefined ? {} : { values }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(kubeContext === undefined ? {} : { kubeContext }),
    ...(mergeStrategy === undefined ? {} : { mergeStrategy }),
  };
  rememberMerge(merged, [base, over]);
  return merged;
}

function join<T>(
  first: readonly T[] | undefined,
  second: readonly T[] | undefined,
): readonly T[] | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const joined = [...first, ...second];
  rememberAppend(joined, [first, second]);
  return joined;
}
