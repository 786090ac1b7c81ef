import type { WaitSettings } from './action-context.ts';

export type DryRun = 'none' | 'client' | 'server';

/** What installing and upgrading share. */
export interface ApplySettings extends WaitSettings {
  readonly labels?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly dryRun?: DryRun;
  readonly forceConflicts?: boolean;
  readonly forceReplace?: boolean;
  readonly takeOwnership?: boolean;
  /** Undo what failed (`--rollback-on-failure`, `--atomic`). */
  readonly rollbackOnFailure?: boolean;
}
