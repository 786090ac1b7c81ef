import { GoError } from '@flotilla/gocompat';
import type { ApplyMethod } from '../release/release.ts';
import type { ActionContext } from './action-context.ts';

/** The way the new revision is written: `true`, `false`, or `auto` for what a former one used. Throws GoError for others. */
export function applyMethodFor(
  { compat }: ActionContext,
  serverSide: string,
  former: ApplyMethod,
): ApplyMethod {
  if (compat === 'v3') return '';
  switch (serverSide) {
    case 'auto':
      return former === 'ssa' ? 'ssa' : 'csa';
    case 'true':
      return 'ssa';
    case 'false':
      return 'csa';
    default:
      throw new GoError(`invalid/unknown release server-side apply method: ${serverSide}`);
  }
}
