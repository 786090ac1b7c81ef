import { resolveSpan, type Span } from './span.ts';

/**
 * Diagnostic: one problem a person can act on. Stages collect them; the CLI prints them.
 * Not its business: colour, exit codes, what a code means (docs/errors says that).
 */

export type Severity = 'error' | 'warning' | 'deprecation';

/** Family and rule, for example `needs/undefined-release`. Every code has a page in docs/errors. */
export type DiagnosticCode = `${string}/${string}`;

/** Another place that belongs to the same problem: the first definition, an edge of a cycle. */
export interface RelatedSpan {
  readonly span: Span;
  readonly message: string;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence without file or line. */
  readonly message: string;
  readonly span?: Span;
  readonly related: readonly RelatedSpan[];
  /** What to do, as an imperative. */
  readonly hint?: string;
  /**
   * The text helmfile 1.8.0 or helm prints for this problem, when it is known; the `helmfile` bin
   * prints it in front of the frame so that scripts matching on it keep working.
   */
  readonly referenceText?: string;
}

export interface DiagnosticOptions {
  readonly span?: Span | undefined;
  readonly related?: readonly RelatedSpan[] | undefined;
  readonly hint?: string | undefined;
  readonly referenceText?: string | undefined;
}

/** A value with every problem found on the way; `value` is undefined when an error made it impossible. */
export interface Diagnosed<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function diagnostic(
  severity: Severity,
  code: DiagnosticCode,
  message: string,
  options: DiagnosticOptions,
): Diagnostic {
  return {
    code,
    severity,
    message,
    related: options.related ?? [],
    ...(options.span === undefined ? {} : { span: options.span }),
    ...(options.hint === undefined ? {} : { hint: options.hint }),
    ...(options.referenceText === undefined ? {} : { referenceText: options.referenceText }),
  };
}

/** A problem that stops the command. */
export function errorDiagnostic(
  code: DiagnosticCode,
  message: string,
  options: DiagnosticOptions = {},
): Diagnostic {
  return diagnostic('error', code, message, options);
}

/** A problem that the command survives. */
export function warningDiagnostic(
  code: DiagnosticCode,
  message: string,
  options: DiagnosticOptions = {},
): Diagnostic {
  return diagnostic('warning', code, message, options);
}

/** A field or flag that still works and will not always. */
export function deprecationDiagnostic(
  code: DiagnosticCode,
  message: string,
  options: DiagnosticOptions = {},
): Diagnostic {
  return diagnostic('deprecation', code, message, options);
}

/** True when any of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error');
}

/** Thrown by facades when a stage ended in errors; carries all of them. */
export class DiagnosticsError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((each) => `${each.code}: ${each.message}`).join('\n'));
    this.name = 'DiagnosticsError';
    this.diagnostics = diagnostics;
  }
}

function sortKey(diagnostic: Diagnostic): readonly [string, number, number] {
  if (diagnostic.span === undefined) return ['', 0, 0];
  const { source, start } = resolveSpan(diagnostic.span);
  return [source.name, start.line, start.column];
}

/** Sorted by file, line and column, the same problem at the same place only once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  const keyed = diagnostics.map((each) => ({ each, key: sortKey(each) }));
  keyed.sort(({ key: a }, { key: b }) => {
    if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
    return a[1] - b[1] || a[2] - b[2];
  });
  return keyed
    .filter(({ each, key }) => {
      const id = `${key.join(':')} ${each.code} ${each.message}`;
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    })
    .map(({ each }) => each);
}
