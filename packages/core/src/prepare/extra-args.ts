/**
 * Splits a string of helm arguments as Helmfile 1.8.0 does: on single blanks, without quoting. A flag takes the next token as its
 * value unless that starts with `-`; other tokens are dropped; repeated flags stand together where the first one stood.
 */
export function tokenizeArgs(text: string): readonly string[] {
  const tokens = text.split(' ').filter((token) => token !== '');
  const byName = new Map<string, string[]>();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (!token.startsWith('-')) continue;
    const [name = ''] = token.split('=');
    const args = byName.get(name) ?? [];
    byName.set(name, args);
    args.push(token);
    const next = tokens[index + 1];
    if (token.includes('=') || next === undefined || next.startsWith('-')) continue;
    args.push(next);
    index += 1;
  }
  return [...byName.values()].flat();
}

/** What ends every helm command line of a command: `--args`, then `helmDefaults.args`. */
export function extraArgs(
  given: string | undefined,
  defaults: readonly string[] | undefined,
): readonly string[] {
  return [...tokenizeArgs(given ?? ''), ...tokenizeArgs((defaults ?? []).join(' '))];
}

/** `syncArgs`, `templateArgs`, `diffArgs`: what the command line gives replaces the default. */
export function verbArgs(
  given: string | undefined,
  defaults: readonly string[] | undefined,
): readonly string[] {
  return tokenizeArgs(given === undefined || given === '' ? (defaults ?? []).join(' ') : given);
}
