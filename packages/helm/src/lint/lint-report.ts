/** What linting a chart found, in Helm's order and words. */

export type LintSeverity = 'info' | 'warning' | 'error';

export interface LintMessage {
  readonly severity: LintSeverity;
  /** File or folder inside the chart, as Helm names it. */
  readonly path: string;
  readonly text: string;
}

/** Collects messages; a rule gives what is wrong, or nothing. */
export class LintReport {
  readonly #messages: LintMessage[] = [];

  get messages(): readonly LintMessage[] {
    return this.#messages;
  }

  /** Records `problem`, if there is one; true when there is none. */
  check(severity: LintSeverity, path: string, problem: string | undefined): boolean {
    if (problem === undefined) return true;
    this.#messages.push({ severity, path, text: problem });
    return false;
  }
}

/** `[ERROR] values.yaml: text` */
export function formatLintMessage({ severity, path, text }: LintMessage): string {
  return `[${severity.toUpperCase()}] ${path}: ${text}`;
}
