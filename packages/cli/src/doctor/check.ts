/** One line of the doctor's report. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'failed';
  readonly text: string;
  /** What to do, as an imperative. */
  readonly help?: string;
}

/** The report as text: one line per check, what to do below it. */
export function printChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ name, state, text, help }) => {
      const line = `${state.padEnd(6)}  ${name.padEnd(width)}  ${text}\n`;
      return help === undefined ? line : `${line}${' '.repeat(width + 10)}help: ${help}\n`;
    })
    .join('');
}
