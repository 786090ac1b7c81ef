import type { Diagnostic } from '@flotilla/diagnostics';
import type { ReleaseId } from '../desired/desired-state.ts';
import type { CommandName } from '../events/events.ts';
import type { FilePlan } from '../plan/release-plan.ts';
import type { ExecutorErrorCode, Transcript } from '../ports/executor.ts';

/**
 * RunReport: what happened, once per release, and what a shell should make of it. Plain data, no text for people beyond what
 * programs printed. Not its business: tables, colours, exit itself.
 */

/** Why something failed. */
export type Failure =
  | {
      readonly kind: 'executor';
      readonly code: ExecutorErrorCode;
      readonly message: string;
      /** The same with what the state file and the executor know of its place. */
      readonly diagnostic: Diagnostic;
      readonly transcript?: Transcript;
    }
  | {
      readonly kind: 'hook';
      readonly hook: string;
      readonly message: string;
      /** The same at the line of the hook. */
      readonly diagnostic: Diagnostic;
      readonly transcript?: Transcript;
    }
  | { readonly kind: 'diagnostics'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'other'; readonly message: string };

export type ReleaseAction =
  | 'installed'
  | 'upgraded'
  | 'reinstalled'
  | 'uninstalled'
  | 'compared'
  | 'templated'
  | 'linted'
  | 'tested'
  | 'read'
  | 'fetched'
  | 'written';

/** How one release ended. */
export type ReleaseOutcome =
  | {
      readonly kind: 'succeeded';
      readonly action: ReleaseAction;
      readonly durationMs: number;
      /** Deployed chart version; empty when unknown or uninstalled. */
      readonly version: string;
    }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      readonly durationMs: number;
      /** Uninstalling failed, not upgrading. */
      readonly isUninstall: boolean;
    }
  | { readonly kind: 'blocked'; readonly by: ReleaseId }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'aborted' };

/** A row of Helmfile's summary tables. */
export interface AffectedRelease {
  readonly name: string;
  readonly namespace: string;
  /** As declared. */
  readonly chart: string;
  readonly version: string;
  readonly durationMs: number;
}

/** The tables Helmfile prints after apply, sync and destroy, rows in the order things ended. */
export interface AffectedReleases {
  readonly updated: readonly AffectedRelease[];
  readonly reinstalled: readonly AffectedRelease[];
  readonly deleted: readonly AffectedRelease[];
  readonly failed: readonly AffectedRelease[];
  readonly failedToDelete: readonly AffectedRelease[];
}

export interface RunError {
  /** The state file it belongs to. */
  readonly fileIndex: number;
  readonly release?: ReleaseId;
  readonly failure: Failure;
  /** What Helmfile prints for it, without `in FILE: `. */
  readonly referenceText: string;
  /** Other files go on; Helmfile lists all of these at the end (`Failed with N errors:`). */
  readonly isDeferred?: boolean;
}

export interface FileReport {
  readonly file: string;
  readonly fileIndex: number;
  /** What Helmfile puts in front of messages about the file: `in ./helmfile.yaml: `. */
  readonly errorPrefix: string;
  /** True when the selection left something to do in this file. */
  readonly isMatched: boolean;
  /** True when something was changed, or would be. */
  readonly isChanged: boolean;
  readonly outcomes: readonly { readonly release: ReleaseId; readonly outcome: ReleaseOutcome }[];
  readonly affected: AffectedReleases;
  /** What was found out before acting, for commands that compare. */
  readonly plan?: FilePlan;
  /** In the order they happened; Helmfile shows the first. */
  readonly errors: readonly RunError[];
}

export interface RunReport {
  readonly command: CommandName;
  readonly files: readonly FileReport[];
  readonly durationMs: number;
  readonly exit: ExitStatus;
}

/** 0 done · 1 failed · 2 changes, when asked for · 3 nothing matched · 130 interrupted. */
export interface ExitStatus {
  readonly code: 0 | 1 | 2 | 3 | 130;
  readonly reason: 'ok' | 'failed' | 'changed' | 'no-match' | 'interrupted';
}
