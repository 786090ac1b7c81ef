/**
 * Errors of loading and rendering charts as diagnostics: the place in the template, the includes that led there, Helm's
 * text for those who look for it.
 */
import {
  type Diagnostic,
  type DiagnosticCode,
  errorDiagnostic,
  type RelatedSpan,
} from '@flotilla/diagnostics';
import type { GoError } from '@flotilla/gocompat';
import { TemplateError } from '@flotilla/gotemplate';
import { RenderError } from './render-error.ts';
import { failMark } from './template-functions.ts';

/** The diagnostic of an error that this package threw; `code` names what failed when no template did. */
export function chartDiagnostic(error: GoError, code: DiagnosticCode = 'chart/invalid'): Diagnostic {
  const frames = templateFrames(error);
  const innermost = frames.at(-1);
  if (!(error instanceof RenderError) || innermost === undefined) {
    return errorDiagnostic(code, error.message, { referenceText: error.message });
  }
  const marked = markedReason(innermost);
  return errorDiagnostic(
    marked === undefined ? innermost.code : 'template/required-value',
    marked ?? innermost.reason,
    { span: innermost.span, related: frames.slice(0, -1).flatMap(callSite), referenceText: error.message },
  );
}

/** The template errors of a cause chain, outermost first. */
function templateFrames(error: unknown): readonly TemplateError[] {
  const frames: TemplateError[] = [];
  let current = error;
  while (current instanceof Error) {
    if (current instanceof TemplateError) frames.push(current);
    current = current.cause;
  }
  return frames;
}

function callSite({ span }: TemplateError): readonly RelatedSpan[] {
  return span === undefined ? [] : [{ span, message: 'reached from here' }];
}

/** The message given to `required` or `fail`. */
function markedReason({ reason }: TemplateError): string | undefined {
  const start = reason.indexOf(failMark.start);
  const end = reason.lastIndexOf(failMark.end);
  return start < 0 || end < start ? undefined : reason.slice(start + failMark.start.length, end);
}
