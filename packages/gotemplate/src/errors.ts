/**
 * TemplateError: the only thing this package throws for bad templates or bad data.
 * `message` is byte for byte what Go's text/template prints; `span` is the place in the source that was parsed.
 */
import type { Span } from '@flotilla/diagnostics';

export type TemplateErrorCode = 'template/parse' | 'template/execute' | 'template/limit';

export interface TemplateErrorDetails {
  readonly code: TemplateErrorCode;
  /** Go's full text. */
  readonly message: string;
  /** The part of `message` after the location. */
  readonly reason: string;
  readonly span?: Span | undefined;
  /** The template that was executing, or the name given to the parse. */
  readonly templateName: string;
  /** The error that a function ended with; set for `error calling NAME: …`. */
  readonly cause?: unknown;
}

/** A parse or execution error. `cause` leads to the error of the called function, which may be a TemplateError again. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly code: TemplateErrorCode;
  readonly reason: string;
  readonly span: Span | undefined;
  readonly templateName: string;

  constructor(details: TemplateErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.reason = details.reason;
    this.span = details.span;
    this.templateName = details.templateName;
  }
}
