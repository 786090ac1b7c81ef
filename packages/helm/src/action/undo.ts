/** What installing, upgrading and rolling back share when they fail: until when, in which words, what to delete. */
import { GoError } from '@flotilla/gocompat';
import { joinErrors } from '../cluster/apply/by-kind.ts';
import { deleteResources } from '../cluster/apply/delete-resources.ts';
import type { Resource } from '../cluster/resource.ts';
import type { ActionContext, WaitSettings } from './action-context.ts';

/** Undoing goes on when the caller has given up, for as long as one wait may take. */
export function undoSignal({ signal }: ActionContext, { timeout }: WaitSettings): AbortSignal {
  return signal.aborted ? AbortSignal.timeout(timeout) : signal;
}

/** The flag that failures are undone by, in the words of its time. */
export function undoFlag({ compat }: ActionContext): string {
  return compat === 'v3' ? 'atomic' : 'rollback-on-failure';
}

/** Deletes what a failed step created (`--cleanup-on-fail`). Rejects with GoError. */
export async function deleteCreated(
  { cluster }: ActionContext,
  created: readonly Resource[],
  signal: AbortSignal,
): Promise<void> {
  const errors = await deleteResources(cluster, created, { propagation: 'Background', signal });
  if (errors.length === 0) return;
  throw new GoError(`unable to cleanup resources: ${joinErrors(errors, ', ').message}`);
}
