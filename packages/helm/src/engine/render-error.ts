/** Errors of a render in Helm's words. Comes in: TemplateErrors. Goes out: RenderErrors that keep them as their cause. */
import { GoError, trimSpace } from '@flotilla/gocompat';
import type { TemplateError } from '@flotilla/gotemplate';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { failMark } from './template-functions.ts';

/** A chart that could not be rendered; `message` is Helm's text, `cause` the error of the template, with its span. */
export class RenderError extends GoError {}

/** A template that cannot be parsed (Helm 4.3.1 `cleanupParseError`). */
export function parseFailure(path: string, error: TemplateError): RenderError {
  const tokens = error.message.split(': ');
  const [, location] = tokens;
  const message =
    location === undefined
      ? `parse error in (${path}): ${error.message}`
      : `parse error at (${location}): ${tokens.at(-1)}`;
  return new RenderError(message, { cause: error });
}

/**
 * A template that failed while it ran: Helm 4 prints each frame on lines of its own when it understands all of them, the
 * raw error otherwise; Helm 3 always the raw error. `required` and `fail` show their message alone.
 */
export function executionFailure(path: string, error: TemplateError, compat: HelmCompat): RenderError {
  const raw = error.message;
  const second = raw.indexOf(': ', raw.indexOf(': ') + 2);
  if (!raw.includes(': ') || second < 0) {
    return new RenderError(`execution error in (${path}): ${raw}`, { cause: error });
  }
  const location = raw.slice(raw.indexOf(': ') + 2, second);
  const marked = markedMessage(raw.slice(second + 2));
  if (marked !== undefined) {
    return new RenderError(`execution error at (${location}): ${marked}`, { cause: error });
  }
  const message = compat === 'v3' ? raw : (framesOf(error) ?? raw);
  return new RenderError(message, { cause: error });
}

/** What stands between the first start mark and the last end mark. */
function markedMessage(text: string): string | undefined {
  const start = text.indexOf(failMark.start);
  const end = text.lastIndexOf(failMark.end);
  const from = start + failMark.start.length;
  return start < 0 || end < from ? undefined : text.slice(from, end);
}

/** The chain of errors as blocks of lines, or nothing when one of them is no template error. */
function framesOf(error: TemplateError): string | undefined {
  const frames: string[] = [];
  let current: unknown = error;
  while (current instanceof Error) {
    const frame = frameOf(current.message);
    if (frame === undefined) return undefined;
    if (frames.at(-1) !== frame) frames.push(frame);
    current = current.cause;
  }
  return trimSpace(frames.join(''));
}

function frameOf(text: string): string | undefined {
  if (!text.startsWith('template: ')) return undefined;
  const rest = text.slice('template: '.length);
  if (rest.startsWith('no template ')) return `${text}\n`;
  return executingFrame(rest) ?? simpleFrame(rest);
}

/** `LOCATION: executing "NAME" at <CONTEXT>: MESSAGE` */
function executingFrame(rest: string): string | undefined {
  const at = rest.indexOf(': executing ');
  if (at < 0) return undefined;
  const match = /^"([^"]*)" at <(.*?)>: /su.exec(rest.slice(at + ': executing '.length));
  if (match === null) return undefined;
  const message = beforeNextTemplate(rest.slice(at + ': executing '.length + match[0].length));
  return `${rest.slice(0, at)}\n  executing "${match[1]}" at <${match[2]}>:\n    ${withNewline(message)}`;
}

/** `LOCATION: MESSAGE`, cut at the last colon. */
function simpleFrame(rest: string): string | undefined {
  const at = rest.lastIndexOf(': ');
  if (at < 0) return undefined;
  const location = rest.slice(0, at);
  const message = beforeNextTemplate(rest.slice(at + 2));
  return `${location === '' ? '' : `${location}\n  `}${withNewline(message)}`;
}

function withNewline(message: string): string {
  return message === '' ? '' : `${message}\n`;
}

function beforeNextTemplate(message: string): string {
  const cut = message.indexOf(' template:');
  return cut < 0 ? message : message.slice(0, cut);
}
