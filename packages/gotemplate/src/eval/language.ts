import { builtinFunctions } from '../builtins/builtins.ts';
import type { FunctionSpec, FunctionTable } from '../function-table.ts';

/** Methods of map types by Go type name; implementations take the receiver first, `params` leaves it out. */
export type MethodTable = ReadonlyMap<string, FunctionTable>;

export interface TemplateLanguageOptions {
  readonly functions: FunctionTable;
  /** Methods of named and typed maps, such as `common.Values` and `engine.files`. */
  readonly methods?: MethodTable;
}

/** What a template may call. Compiled templates belong to a language and can be shared by all sets that speak it. */
export class TemplateLanguage {
  readonly functions: FunctionTable;
  readonly methods: MethodTable;
  /** Keys that need a look for a method before the map is asked. */
  readonly methodNames: ReadonlySet<string>;

  constructor(options: TemplateLanguageOptions) {
    this.functions = options.functions;
    this.methods = options.methods ?? new Map();
    this.methodNames = new Set([...this.methods.values()].flatMap((table) => [...table.keys()]));
  }

  hasFunction(name: string): boolean {
    return this.functions.has(name) || builtinFunctions.has(name);
  }

  /** Given functions hide builtin ones. */
  functionNamed(name: string): { readonly spec: FunctionSpec; readonly isBuiltin: boolean } | undefined {
    const given = this.functions.get(name);
    if (given !== undefined) return { spec: given, isBuiltin: false };
    const builtin = builtinFunctions.get(name);
    return builtin === undefined ? undefined : { spec: builtin, isBuiltin: true };
  }
}
