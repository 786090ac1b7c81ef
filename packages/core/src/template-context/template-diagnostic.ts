import {
  type Diagnostic,
  type DiagnosticCode,
  errorDiagnostic,
  type RelatedSpan,
  type Span,
} from '@flotilla/diagnostics';
import { GoError } from '@flotilla/gocompat';
import { TemplateError } from '@flotilla/gotemplate';

/** True for what a render may throw because of its input. */
export function isRenderError(error: unknown): error is TemplateError | GoError {
  return error instanceof TemplateError || error instanceof GoError;
}

const missingKey = /map has no entry for key "([^"]*)"/;

/** True when a render ended at a map key that is not there. */
export function isMissingKey(error: Error): boolean {
  return missingKey.test(error.message);
}

/**
 * The problem of a failed render. `wrap` builds Helmfile's text around Go's; `span` is where the text was written, for errors
 * that carry no place of their own.
 */
export function templateDiagnostic(
  error: TemplateError | GoError,
  wrap: (text: string) => string,
  span?: Span,
): Diagnostic {
  const reason = error instanceof TemplateError ? error.reason : error.message;
  return errorDiagnostic(codeOf(error), innermostReason(error) ?? reason, {
    span: (error instanceof TemplateError ? error.span : undefined) ?? span,
    related: innerFrames(error),
    hint: hintFor(error),
    referenceText: wrap(error.message),
  });
}

function codeOf(error: TemplateError | GoError): DiagnosticCode {
  if (isMissingKey(error)) return 'template/missing-key';
  return error instanceof TemplateError ? error.code : 'template/execute';
}

/** Places inside texts that the failing call rendered (`tpl`, included templates), outermost first. */
function innerFrames(error: Error): readonly RelatedSpan[] {
  const frames: RelatedSpan[] = [];
  let outer: Error = error;
  while (outer instanceof TemplateError && outer.cause instanceof TemplateError) {
    const { span } = outer.cause;
    if (span !== undefined && span.source !== outer.span?.source)
      frames.push({ span, message: 'in the text it renders' });
    outer = outer.cause;
  }
  return frames;
}

/** What the called function said, without the trail of templates around it. */
function innermostReason(error: Error): string | undefined {
  let cause: unknown = error;
  while (cause instanceof TemplateError && cause.cause !== undefined) cause = cause.cause;
  if (cause instanceof TemplateError) return cause.reason;
  return cause instanceof GoError ? cause.message : undefined;
}

function hintFor(error: Error): string | undefined {
  const key = missingKey.exec(error.message)?.[1];
  if (key === undefined) return undefined;
  return `give "${key}" a value, or read it with {{ .Values | get "${key}" "default" }}`;
}
