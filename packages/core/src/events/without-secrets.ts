import type { Diagnostic, Redactor, Source, Span } from '@flotilla/diagnostics';
import type { Emit, FlotillaEventBody } from './events.ts';

/**
 * What is told of a run, with every known secret masked: events and diagnostics. The product itself (manifests,
 * differences) is what was asked for and stays.
 */

/** An `emit` through which no secret passes. */
export function emitWithoutSecrets(redactor: Redactor, emit: Emit): Emit {
  return (event) => emit(eventWithoutSecrets(redactor, event));
}

function eventWithoutSecrets(redactor: Redactor, event: FlotillaEventBody): FlotillaEventBody {
  switch (event.type) {
    case 'executor.command':
      return { ...event, argv: event.argv.map((arg) => redactor.redact(arg)) };
    case 'executor.output':
      return { ...event, line: redactor.redact(event.line) };
    case 'executor.progress':
    case 'helmfile.log':
      return { ...event, message: redactor.redact(event.message) };
    case 'release.answered':
      return { ...event, text: redactor.redact(event.text) };
    case 'executor.retry':
      return { ...event, reason: redactor.redact(event.reason) };
    case 'diagnostic':
      return { ...event, diagnostic: diagnosticWithoutSecrets(redactor, event.diagnostic) };
    default:
      return event;
  }
}

/** The same diagnostic when it tells none: printers know by identity what they have shown. */
export function diagnosticWithoutSecrets(redactor: Redactor, diagnostic: Diagnostic): Diagnostic {
  const { message, hint, referenceText, related } = diagnostic;
  const span = diagnostic.span && spanWithoutSecrets(redactor, diagnostic.span);
  const masked = related.map((each) => ({
    span: spanWithoutSecrets(redactor, each.span),
    message: redactor.redact(each.message),
  }));
  const isClean =
    span === diagnostic.span &&
    masked.every((each, index) => each.span === related[index]?.span) &&
    [message, hint ?? '', referenceText ?? '', ...related.map((each) => each.message)].every(
      (text) => redactor.redact(text) === text,
    );
  if (isClean) return diagnostic;
  return {
    ...diagnostic,
    message: redactor.redact(message),
    related: masked,
    ...(span === undefined ? {} : { span }),
    ...(hint === undefined ? {} : { hint: redactor.redact(hint) }),
    ...(referenceText === undefined ? {} : { referenceText: redactor.redact(referenceText) }),
  };
}

/** An excerpt shows the file as it is written, passwords included: those are painted over in place. */
function spanWithoutSecrets(redactor: Redactor, span: Span): Span {
  const covered = coveredSource(redactor, span.source);
  return covered === span.source ? span : { ...span, source: covered };
}

function coveredSource(redactor: Redactor, source: Source): Source {
  const text = redactor.cover(source.text);
  const { origin } = source;
  const outer = origin && coveredSource(redactor, origin.source);
  if (text === source.text && outer === origin?.source) return source;
  return { ...source, text, ...(origin && outer && { origin: { ...origin, source: outer } }) };
}
