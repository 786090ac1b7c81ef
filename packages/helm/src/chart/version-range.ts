import { orUndefined, parseConstraint, parseVersion, satisfiesConstraint } from '@flotilla/gocompat';

/** True for what Masterminds' loose `NewVersion` accepts. */
export function isVersion(version: string): boolean {
  return orUndefined(() => parseVersion(version)) !== undefined;
}

/** True when `version` lies in `range`; false too when either cannot be parsed (Helm's `IsCompatibleRange`). */
export function isCompatibleRange(range: string, version: string): boolean {
  const parsed = orUndefined(() => parseVersion(version));
  const constraint = orUndefined(() => parseConstraint(range));
  return parsed !== undefined && constraint !== undefined && satisfiesConstraint(constraint, parsed);
}
