import type { DesiredRelease, DesiredStateFile, ReleaseId } from '../desired/desired-state.ts';
import type { FilePlan } from '../plan/release-plan.ts';
import type { Session } from '../prepare/session.ts';
import { failureWithoutSecrets } from '../report/failure-without-secrets.ts';
import type { AffectedRelease, Failure, FileReport, ReleaseOutcome, RunError } from '../report/run-report.ts';
import { explainedFailure } from './explain-failure.ts';

type Table = 'updated' | 'reinstalled' | 'deleted' | 'failed' | 'failedToDelete';

/** What has happened to the releases of one file so far; becomes its report. */
export class FileRecord {
  readonly #session: Session;
  readonly #file: DesiredStateFile;
  readonly fileIndex: number;
  readonly #outcomes = new Map<DesiredRelease, ReleaseOutcome>();
  readonly #tables: Record<Table, AffectedRelease[]> = {
    updated: [],
    reinstalled: [],
    deleted: [],
    failed: [],
    failedToDelete: [],
  };
  readonly #errors: RunError[] = [];
  /** What comparing came to. */
  plan: FilePlan | undefined;
  isMatched = false;
  isChanged = false;
  #isActedTold = false;

  constructor(session: Session, file: DesiredStateFile, fileIndex: number) {
    this.#session = session;
    this.#file = file;
    this.fileIndex = fileIndex;
  }

  get hasErrors(): boolean {
    return this.#errors.length > 0;
  }

  /** Says that releases take part, in the order they will be reported. */
  queue(releases: readonly DesiredRelease[]): void {
    for (const release of releases) this.#session.emit({ type: 'release.queued', release: release.id });
  }

  /** The end of a release; a second one is ignored. */
  finish(release: DesiredRelease, outcome: ReleaseOutcome): void {
    if (this.#outcomes.has(release)) return;
    const told =
      outcome.kind === 'failed' ? { ...outcome, failure: this.#told(outcome.failure, release) } : outcome;
    this.#outcomes.set(release, told);
    this.#session.emit({ type: 'release.finished', release: release.id, outcome: told });
  }

  /** A row of a summary table. */
  affect(
    table: Table,
    release: DesiredRelease,
    more: { readonly durationMs: number; readonly version: string },
  ): void {
    const { name, namespace } = release.key;
    this.#tables[table].push({ name, namespace, chart: release.spec.chart, ...more });
  }

  /** Says that the tables are complete; once. */
  tellActed(): void {
    if (this.#isActedTold) return;
    this.#isActedTold = true;
    this.#session.emit({ type: 'file.acted', file: this.#file.name, affected: this.report().affected });
  }

  fail(error: Omit<RunError, 'fileIndex'>): void {
    const release = this.#file.releases.find(({ id }) => id === error.release);
    this.#errors.push({
      fileIndex: this.fileIndex,
      ...error,
      failure: this.#told(error.failure, release),
      referenceText: this.#session.redactor.redact(error.referenceText),
    });
  }

  #told(failure: Failure, release: DesiredRelease | undefined): Failure {
    const { redactor, ports } = this.#session;
    const explained = explainedFailure(failure, { files: ports.files, file: this.#file, release });
    return failureWithoutSecrets(redactor, explained);
  }

  outcomeOf(release: DesiredRelease): ReleaseOutcome | undefined {
    return this.#outcomes.get(release);
  }

  report(): FileReport {
    const outcomes = [...this.#outcomes].map(
      ([release, outcome]): {
        readonly release: ReleaseId;
        readonly outcome: ReleaseOutcome;
      } => ({ release: release.id, outcome }),
    );
    return {
      file: this.#file.name,
      fileIndex: this.fileIndex,
      errorPrefix: this.#file.errorPrefix,
      isMatched: this.isMatched,
      isChanged: this.isChanged,
      outcomes,
      affected: this.#tables,
      ...(this.plan === undefined ? {} : { plan: this.plan }),
      errors: this.#errors,
    };
  }
}
