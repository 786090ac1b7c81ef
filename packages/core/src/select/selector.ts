import { type Diagnosed, errorDiagnostic, type Span } from '@flotilla/diagnostics';

/** One `LABEL=VALUE` or `LABEL!=VALUE`. */
export interface SelectorTerm {
  readonly label: string;
  readonly value: string;
  readonly isNegative: boolean;
}

/** One `-l` value: all of its terms must hold. */
export interface Selector {
  readonly text: string;
  readonly terms: readonly SelectorTerm[];
}

const termPattern = /^([a-zA-Z0-9_./+-]+)(!?=)([a-zA-Z0-9_./+-]+)$/;

/** Reads a selector (Helmfile 1.8.0 grammar: comma-separated terms, no blanks, no `==`, no sets). */
export function parseSelector(text: string, span?: Span): Diagnosed<Selector> {
  const terms: SelectorTerm[] = [];
  for (const part of text.split(',')) {
    const match = termPattern.exec(part);
    if (match === null) return { value: undefined, diagnostics: [malformed(part, span)] };
    const [, label = '', operator, value = ''] = match;
    terms.push({ label, value, isNegative: operator === '!=' });
  }
  return { value: { text, terms }, diagnostics: [] };
}

function malformed(part: string, span: Span | undefined): ReturnType<typeof errorDiagnostic> {
  const text = `malformed label: ${part}. Expected label in form k=v or k!=v`;
  return errorDiagnostic(
    'selector/malformed',
    `the selector term "${part}" is not LABEL=VALUE or LABEL!=VALUE`,
    {
      span,
      referenceText: text,
      hint: 'write terms such as name=web or tier!=backend, joined by commas without blanks',
    },
  );
}

/** Reads several selectors; problems of all of them are reported. */
export function parseSelectors(texts: readonly string[]): Diagnosed<readonly Selector[]> {
  const parsed = texts.map((text) => parseSelector(text));
  const diagnostics = parsed.flatMap((each) => each.diagnostics);
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  return { value: parsed.flatMap((each) => each.value ?? []), diagnostics };
}

/** True when `labels` satisfy every term; a negative term also holds for an absent label. */
export function matchesSelector(labels: Readonly<Record<string, string>>, selector: Selector): boolean {
  return selector.terms.every(({ label, value, isNegative }) => {
    const isEqual = Object.hasOwn(labels, label) && labels[label] === value;
    return isEqual !== isNegative;
  });
}

/**
 * False when no release can satisfy one selector of each list, judged by positive terms only, so that a sub-helmfile may be
 * skipped unread. An empty list and a malformed selector conflict with nothing.
 */
export function selectorsAreCompatible(left: readonly string[], right: readonly string[]): boolean {
  const lefts = parseSelectors(left).value ?? [];
  const rights = parseSelectors(right).value ?? [];
  if (lefts.length === 0 || rights.length === 0) return true;
  return lefts.some((a) => rights.some((b) => positiveTermsAgree(a, b)));
}

function positiveTermsAgree(a: Selector, b: Selector): boolean {
  return !a.terms.some(
    (x) => !x.isNegative && b.terms.some((y) => !y.isNegative && x.label === y.label && x.value !== y.value),
  );
}
