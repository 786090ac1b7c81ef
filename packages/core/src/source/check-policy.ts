import { type Diagnostic, errorDiagnostic, type Source, span } from '@flotilla/diagnostics';
import { trimRightSpace } from '@flotilla/gocompat';

interface TopLine {
  readonly key: string;
  readonly at: number;
}

const topKey = /^[a-zA-Z]+(?=:)/;
const separatorLine = /^--- *$/;
const rank: Readonly<Record<string, number>> = { bases: 0, environments: 0, releases: 1 };

/**
 * Helmfile 1.8.0's rules on the unrendered text of a whole state file of dialect v1. They go by lines, not by YAML, and the
 * first broken one is reported. `fileName` is the name as Helmfile prints it.
 * Codes: `state/no-top-level-keys`, `state/key-order`, `state/environments-with-releases`.
 */
export function checkPolicy(file: Source, fileName: string = file.name): readonly Diagnostic[] {
  const lines = topLines(file.text);
  const keys = lines.filter((line) => line.key !== '---');
  if (keys.length === 0) {
    const text = `no top-level config keys are found in ${fileName}`;
    const hint = 'Write at least one key such as "releases:" at the start of a line.';
    return [
      errorDiagnostic('state/no-top-level-keys', text, { span: span(file, 0), hint, referenceText: text }),
    ];
  }
  const problem = checkOrder(file, fileName, keys) ?? checkSharedPart(file, lines);
  return problem === undefined ? [] : [problem];
}

function topLines(text: string): readonly TopLine[] {
  const lines: TopLine[] = [];
  let at = 0;
  while (at <= text.length) {
    const end = text.indexOf('\n', at);
    const stop = end === -1 ? text.length : end;
    const first = text.charCodeAt(at);
    if (first === 0x2d || (first >= 0x41 && first <= 0x7a)) {
      const key = topKeyOf(text.slice(at, stop));
      if (key !== undefined) lines.push({ key, at });
    }
    at = stop + 1;
  }
  return lines;
}

function topKeyOf(line: string): string | undefined {
  const trimmed = trimRightSpace(line);
  if (separatorLine.test(trimmed)) return '---';
  return topKey.exec(trimmed)?.[0];
}

function checkOrder(file: Source, fileName: string, keys: readonly TopLine[]): Diagnostic | undefined {
  const ranked = keys.filter((line) => Object.hasOwn(rank, line.key));
  for (const [index, line] of ranked.entries()) {
    const before = ranked[index - 1];
    if (before === undefined || (rank[before.key] ?? 0) <= (rank[line.key] ?? 0)) continue;
    const text = `top-level config key ${line.key} must be defined before ${before.key} in ${fileName}`;
    return errorDiagnostic('state/key-order', text, {
      span: keySpan(file, line),
      related: [{ span: keySpan(file, before), message: `"${before.key}" is here` }],
      hint: `Move "${line.key}" above "${before.key}".`,
      referenceText: text,
    });
  }
  return undefined;
}

const sharedPartText =
  'environments and releases cannot be defined within the same YAML part. Use --- to extract the environments into a ' +
  'dedicated part';

/** Only the first of each key counts, so a later part may hold both when an earlier one held either. */
function checkSharedPart(file: Source, lines: readonly TopLine[]): Diagnostic | undefined {
  const seen = new Set<string>();
  let before: TopLine | undefined;
  for (const line of lines) {
    const isSeparator = line.key === '---';
    if (!isSeparator && line.key !== 'environments' && line.key !== 'releases') continue;
    if (seen.has(line.key)) continue;
    if (!isSeparator) seen.add(line.key);
    if (before !== undefined && !isSeparator) {
      return errorDiagnostic('state/environments-with-releases', sharedPartText, {
        span: keySpan(file, line),
        related: [{ span: keySpan(file, before), message: `"${before.key}" is here` }],
        hint: `Put a line "---" above "${line.key}".`,
        referenceText: sharedPartText,
      });
    }
    before = isSeparator ? undefined : line;
  }
  return undefined;
}

function keySpan(file: Source, line: TopLine): ReturnType<typeof span> {
  return span(file, line.at, line.at + line.key.length);
}
