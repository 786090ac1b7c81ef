import type { ApplyMethod } from '../release/release.ts';
import type { ActionContext } from './action-context.ts';

/** The way the new revision is written; `auto` stays with what a former one used. */
export function applyMethodFor(
  { compat }: ActionContext,
  serverSide: boolean | 'auto',
  former: ApplyMethod,
): ApplyMethod {
  if (compat === 'v3') return '';
  return (serverSide === 'auto' ? former === 'ssa' : serverSide) ? 'ssa' : 'csa';
}
