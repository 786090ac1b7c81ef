import { GoError } from '@flotilla/gocompat';
import { callFunction, type FunctionTable, goFunction } from '@flotilla/gotemplate';
import { renderContextOf } from './render-context.ts';

const maxNestedIncludes = 1000;

/** `tpl`, `include` and `required` of Helmfile 1.8.0. `tpl` sees the `_*.tpl` helpers, not what its caller defines. */
export const templateFunctions: FunctionTable = new Map([
  [
    'tpl',
    callFunction(['string', 'any'], (execution, text, data) => {
      return renderContextOf(execution).renderText(text, data as never);
    }),
  ],
  [
    'include',
    callFunction(['string', 'any'], (execution, name, data) => {
      const depth = execution.counters.get(name) ?? 0;
      if (depth > maxNestedIncludes) {
        throw new GoError(
          `rendering template has a nested reference name: ${name}: unable to execute template`,
        );
      }
      execution.counters.set(name, depth + 1);
      const text = execution.executeTemplate(name, data);
      execution.counters.set(name, depth);
      return text;
    }),
  ],
  ['required', goFunction(['string', 'any'], required)],
]);

function required(message: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '') throw new GoError(message);
  return value;
}
