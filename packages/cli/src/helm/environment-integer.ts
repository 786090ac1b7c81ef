type Environment = Readonly<Record<string, string | undefined>>;

/** The whole number in a variable as Helm 4.3.1 reads it: what is none counts as not given. */
export function environmentInteger(environment: Environment, name: string, fallback: number): number {
  const text = environment[name] ?? '';
  return /^[+-]?\d+$/.test(text) ? Number(text) : fallback;
}

/** The revisions to keep of a release, as `HELM_MAX_HISTORY` says. */
export function maximumHistory(environment: Environment): number {
  return environmentInteger(environment, 'HELM_MAX_HISTORY', 10);
}
