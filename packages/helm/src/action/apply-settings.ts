import { GoError } from '@flotilla/gocompat';
import type { ActionContext, WaitSettings } from './action-context.ts';

export type DryRun = 'none' | 'client' | 'server';

/** What installing and upgrading share. */
export interface ApplySettings extends WaitSettings {
  readonly labels?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly dryRun?: DryRun;
  readonly forceConflicts?: boolean;
  readonly forceReplace?: boolean;
  readonly takeOwnership?: boolean;
  /** Leave Secrets out of what a dry run shows. */
  readonly hideSecrets?: boolean;
  /** Undo what failed (`--rollback-on-failure`, `--atomic`). */
  readonly rollbackOnFailure?: boolean;
}

export function isDryRun({ dryRun = 'none' }: ApplySettings): boolean {
  return dryRun !== 'none';
}

/** Throws GoError when Secrets are to be hidden from a cluster. */
export function checkHiddenSecrets(settings: ApplySettings): void {
  if (settings.hideSecrets === true && !isDryRun(settings)) {
    throw new GoError('hiding Kubernetes secrets requires a dry-run mode');
  }
}

/** What to wait for: who wants failures undone waits for more than hooks. */
export function waitingOf({ compat }: ActionContext, settings: ApplySettings): WaitSettings {
  if (settings.rollbackOnFailure !== true || settings.wait !== 'hookOnly') return settings;
  return { ...settings, wait: compat === 'v3' ? 'legacy' : 'watcher' };
}
