import { GoError, parseConstraint, parseVersion, satisfiesConstraint } from '@flotilla/gocompat';

/** True for what Masterminds' loose `NewVersion` accepts. */
export function isVersion(version: string): boolean {
  return attempt(() => parseVersion(version)) !== undefined;
}

/** True when `version` lies in `range`; false too when either cannot be parsed (Helm's `IsCompatibleRange`). */
export function isCompatibleRange(range: string, version: string): boolean {
  const parsed = attempt(() => parseVersion(version));
  const constraint = attempt(() => parseConstraint(range));
  return parsed !== undefined && constraint !== undefined && satisfiesConstraint(constraint, parsed);
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof GoError) return undefined;
    throw error;
  }
}
