/** Methods that Go's `common.Values` has and templates can therefore call on `.Values`. */
import { type Dict, emitYaml, GoError, goTypeOfNamed, namedView, plainView, quote } from '@flotilla/gocompat';
import type { FunctionSpec, FunctionTable } from '@flotilla/gotemplate';
import { tableAt, valueAt } from '../values/path-value.ts';

function method(params: readonly 'string'[], call: (values: Dict, path: string) => unknown): FunctionSpec {
  return { params, call: (values: never, path: never) => call(values, path) };
}

export const valuesMethods: FunctionTable = new Map(
  Object.entries({
    AsMap: method([], plainView),
    YAML: method([], (values) => emitYaml(values, { dialect: 'v2' })),
    Table: method(['string'], (values, path) => {
      const found = tableAt(values, path);
      if ('table' in found) return namedView(goTypeOfNamed(values), found.table);
      throw new GoError(`${quote(found.missing)} is not a table`);
    }),
    PathValue: method(['string'], (values, path) => {
      if (path === '') throw new GoError('YAML path cannot be empty');
      const found = valueAt(values, path);
      if (found !== undefined) return found.value;
      throw new GoError(`${quote(path.slice(path.lastIndexOf('.') + 1))} is not a value`);
    }),
  }),
);
