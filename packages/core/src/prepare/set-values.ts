import { GoError, type GoValue, toGoJson } from '@flotilla/gocompat';
import type { SetValue } from '../ports/executor.ts';
import type { SetValueSpec } from '../spec/release-spec.ts';

/**
 * `set`, `setString` and `env` of a release as helm's set values (helmfile-format.md §7.4), escaped as Helmfile does.
 * In: items whose `ref+` references are expanded already. Out: set values in order; items that say nothing give none.
 */

/** Items of `set`: text, file or list. */
export function setValues(
  items: readonly SetValueSpec[],
  filePath: (path: string) => string,
): readonly SetValue[] {
  return items.flatMap((item): readonly SetValue[] => {
    const name = escaped(item.name ?? '');
    if (isFilled(item.value)) return [{ kind: 'set', expression: `${name}=${escaped(item.value)}` }];
    if (isFilled(item.file)) return [{ kind: 'set-file', expression: `${name}=${filePath(item.file)}` }];
    if (hasItems(item.values)) return [{ kind: 'set', expression: `${name}=${list(item.values)}` }];
    return [];
  });
}

/** Items of `setString`: text or list. */
export function setStringValues(items: readonly SetValueSpec[]): readonly SetValue[] {
  return items.flatMap((item): readonly SetValue[] => {
    const name = escaped(item.name ?? '');
    if (isFilled(item.value)) return [{ kind: 'set-string', expression: `${name}=${escaped(item.value)}` }];
    if (hasItems(item.values)) return [{ kind: 'set-string', expression: `${name}=${list(item.values)}` }];
    return [];
  });
}

/** Variables that `env` names are not there. */
export class UnsetVariables extends GoError {}

/** Items of the old `env`: names of environment variables, all in one expression. Throws GoError naming those not set. */
export function environmentValues(
  items: readonly SetValueSpec[],
  environment: Readonly<Record<string, string>>,
): readonly SetValue[] {
  if (items.length === 0) return [];
  const missing = items.filter((item) => (environment[item.value ?? ''] ?? '') === '');
  if (missing.length > 0) {
    const names = missing.map((item) => `\t${item.value ?? ''}`).join('\n');
    throw new UnsetVariables(
      `Environment Variables not found. Please make sure they are set and try again:\n${names}`,
    );
  }
  const pairs = items.map(
    (item) => `${escaped(item.name ?? '')}=${escaped(environment[item.value ?? ''] ?? '')}`,
  );
  return [{ kind: 'set', expression: pairs.join(',') }];
}

function list(values: readonly GoValue[]): string {
  return `{${values.map((value) => escaped(typeof value === 'string' ? value : toGoJson(value))).join(',')}}`;
}

function escaped(text: string): string {
  return text.replace(/[{},]/g, '\\$&');
}

function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function hasItems(values: readonly GoValue[] | undefined): values is readonly GoValue[] {
  return values !== undefined && values.length > 0;
}
