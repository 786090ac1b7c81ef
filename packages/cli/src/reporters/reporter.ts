import type { FlotillaEvent, RunReport } from '@flotilla/core';

/**
 * A reporter shows a run: events while it goes on, the report at its end. The product of a command goes to standard output,
 * everything else to standard error. Not its business: exit codes.
 */
export interface Reporter extends Disposable {
  readonly onEvent: (event: FlotillaEvent) => void;
  readonly finish: (report: RunReport) => void;
}
