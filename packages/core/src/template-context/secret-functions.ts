import { Dict, formatValue, GoError } from '@flotilla/gocompat';
import { callFunction, type FunctionTable } from '@flotilla/gotemplate';
import { type RenderContext, renderContextOf } from './render-context.ts';
import { expandReferences } from './secret-references.ts';

/** `fetchSecretValue` and `expandSecretRefs` of Helmfile 1.8.0: vals references in one text, or in every text of a map. */
export const secretFunctions: FunctionTable = new Map([
  [
    'fetchSecretValue',
    callFunction(['string'], (execution, text) => {
      const value = resolve(renderContextOf(execution), text);
      if (typeof value !== 'string') throw new GoError(`expected ${formatValue(value)} to be string`);
      return value;
    }),
  ],
  [
    'expandSecretRefs',
    callFunction(['map'], (execution, map) => resolve(renderContextOf(execution), map ?? new Dict())),
  ],
]);

/** Goes round while answers bring new references to light: what a reference names may be put together from others. */
function resolve(context: RenderContext, value: unknown): unknown {
  const known = new Map<string, unknown>();
  for (;;) {
    const { value: expanded, missing } = expandReferences(value, known);
    if (missing.length === 0) return expanded;
    if (context.world.deny.has('secrets')) {
      throw new GoError(`cannot read ${missing[0]}: --deny secrets is active`);
    }
    if (context.isLenient) return typeof value === 'string' ? '' : value;
    const answers = context.effects.take({ kind: 'secrets', references: missing }) as readonly unknown[];
    missing.forEach((reference, index) => {
      known.set(reference, answers[index]);
    });
  }
}
