import type { Diagnostic, Redactor } from '@flotilla/diagnostics';
import type { Emit, FlotillaEventBody } from './events.ts';

/**
 * What is told of a run, with every known secret masked: events and diagnostics. The product itself (manifests,
 * differences) is what was asked for and stays; so do the state files that spans point into.
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
  const texts = [message, hint ?? '', referenceText ?? '', ...related.map((each) => each.message)];
  if (texts.every((text) => redactor.redact(text) === text)) return diagnostic;
  return {
    ...diagnostic,
    message: redactor.redact(message),
    related: related.map((each) => ({ ...each, message: redactor.redact(each.message) })),
    ...(hint === undefined ? {} : { hint: redactor.redact(hint) }),
    ...(referenceText === undefined ? {} : { referenceText: redactor.redact(referenceText) }),
  };
}
