/** Helm's functions that run templates or end a render: include, tpl, required, fail, lookup. */
import { GoError, quote } from '@flotilla/gocompat';
import { callFunction, type FunctionSpec, type TemplateCall, TemplateError } from '@flotilla/gotemplate';
import { slogRecord } from '../chart/log-record.ts';
import { contextOf, emptyLookup } from './render-context.ts';

/** A template may be included from itself this often. */
const maximumRecursion = 1000;

/** Marks the message of `required` and `fail` inside an error, so that only it is shown. */
export const failMark = { start: 'HELM_ERR_START', end: 'HELM_ERR_END' } as const;

const noValue = /<no value>/g;

/** Removes what Go prints for missing values: Helm shows nothing. */
export function withoutNoValue(text: string): string {
  return text.includes('<no value>') ? text.replace(noValue, '') : text;
}

export const templateFunctions: Readonly<Record<string, FunctionSpec>> = {
  include: callFunction(['string', 'any'], include),
  tpl: callFunction(['string', 'any'], renderText),
  required: callFunction(['string', 'any'], required),
  fail: callFunction(['string'], failWith),
  lookup: callFunction(['string', 'string', 'string', 'string'], (call, ...query) =>
    (contextOf(call).lookup ?? emptyLookup)(...query),
  ),
};

/** The gate before sprig's `getHostByName`: nothing without `--enable-dns`. */
export function gatedHostLookup(ungated: FunctionSpec): FunctionSpec {
  const ask = ungated.call as (name: string) => unknown;
  return callFunction(['string'], (call, name) => (contextOf(call).enableDns ? ask(name) : ''));
}

function include(call: TemplateCall, name: string, data: unknown): string {
  const running = call.counters.get(name) ?? 0;
  if (running > maximumRecursion) {
    throw new GoError(`rendering template has a nested reference name: ${name}: unable to execute template`, {
      cause: new GoError('unable to execute template'),
    });
  }
  call.counters.set(name, running + 1);
  try {
    return call.executeTemplate(name, data);
  } finally {
    call.counters.set(name, running);
  }
}

/** `tpl`: a text as a template of its own, over the templates of the caller. */
function renderText(call: TemplateCall, text: string, data: unknown): string {
  try {
    return withoutNoValue(call.executeText('gotpl', text, data));
  } catch (error) {
    if (error instanceof TemplateError) {
      const stage =
        error.code === 'template/parse' ? 'cannot parse template' : 'error during tpl function execution for';
      throw new GoError(`${stage} ${quote(text)}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

function required(call: TemplateCall, message: string, value: unknown): unknown {
  const isMissing = value === null || value === undefined || value === '';
  if (!isMissing) return value;
  const { isLint, log } = contextOf(call);
  if (!isLint) throw marked(message);
  const what = value === '' ? 'missing required values' : 'missing required value';
  log(slogRecord('WARN', what, [['message', message]]));
  return '';
}

function failWith(call: TemplateCall, message: string): string {
  const { isLint, log } = contextOf(call);
  if (!isLint) throw marked(message);
  log(slogRecord('INFO', 'funcMap fail', [['message', message]]));
  return '';
}

function marked(message: string): GoError {
  return new GoError(`${failMark.start}${message}${failMark.end}`);
}
