/**
 * The second template language: Eta, for files whose names end in `.eta` (DESIGN D5). In: the same request as for Go templates.
 * Out: text. The data is `it`; Helmfile's functions are in scope by name, sprig's under `sprig`.
 * YAML is not HTML: nothing is escaped and nothing trimmed. An expression that gives no value is an error.
 */
import { lineStartsOf, type Source, span } from '@flotilla/diagnostics';
import { fromJs, GoError, GoStruct, TypedMap, toJs } from '@flotilla/gocompat';
import { type FunctionTable, Suspension, type TemplateCall, TemplateError } from '@flotilla/gotemplate';
import type { Eta } from 'eta/core';
import type { RenderContext } from './render-context.ts';

/** Renders Eta texts; made once a load comes across one. */
export class EtaRenderer {
  readonly #eta: Eta;
  readonly #own: FunctionTable;
  readonly #sprig: FunctionTable;
  readonly #compiled = new Map<string, ReturnType<Eta['compile']>>();

  constructor(eta: Eta, own: FunctionTable, sprig: FunctionTable) {
    this.#eta = eta;
    this.#own = own;
    this.#sprig = sprig;
  }

  /** Loads the library. `own` are Helmfile's functions. */
  static async create(own: FunctionTable, sprig: FunctionTable): Promise<EtaRenderer> {
    const { Eta } = await import('eta/core');
    // Eta has an `include` of its own.
    const names = [...own.keys(), 'sprig'].filter((name) => name !== 'include').join(', ');
    const eta = new Eta({
      autoEscape: false,
      autoTrim: false,
      autoFilter: true,
      filterFunction: printed,
      functionHeader: `const { ${names} } = it.$functions;`,
      debug: true,
    });
    return new EtaRenderer(eta, own, sprig);
  }

  /** Throws TemplateError with the line that failed; lets a Suspension pass. */
  render(source: Source, data: unknown, context: RenderContext): string {
    this.#eta.RuntimeErr = (error: unknown, _: string, line: number): never => {
      throw error instanceof Suspension ? error : failure(source, error, line);
    };
    const $functions = { ...callable(this.#own, context), sprig: callable(this.#sprig, context) };
    return this.#compile(source).call(this.#eta, { ...plain(data), $functions }, {});
  }

  #compile(source: Source): ReturnType<Eta['compile']> {
    const known = this.#compiled.get(source.text);
    if (known !== undefined) return known;
    try {
      const compiled = this.#eta.compile(source.text);
      this.#compiled.set(source.text, compiled);
      return compiled;
    } catch (error) {
      throw failure(source, error, Number(/at line (\d+)/.exec(String(error))?.[1] ?? 1), 'template/parse');
    }
  }
}

function printed(value: unknown): string {
  if (value === undefined || value === null) throw new GoError('the expression gives no value');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value as string | number | boolean | bigint);
}

function failure(
  source: Source,
  error: unknown,
  line: number,
  code: 'template/parse' | 'template/execute' = 'template/execute',
): TemplateError {
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const starts = lineStartsOf(source);
  const start = starts[line - 1] ?? 0;
  const end = (starts[line] ?? source.text.length + 1) - 1;
  return new TemplateError({
    code,
    message: `template: ${source.name}:${line}: ${reason}`,
    reason,
    span: span(source, start, end),
    templateName: source.name,
  });
}

/** Structs as objects, so that paths read as in Go templates: `it.Environment.Name`. */
function plain(value: unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  if (!(value instanceof GoStruct)) return result;
  for (const [name, field] of value.fields) {
    if (field instanceof GoStruct) result[name] = plain(field);
    else result[name] = field instanceof TypedMap ? Object.fromEntries(field.entries) : toJs(field);
  }
  return result;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** Functions that take and give plain JavaScript values. */
function callable(table: FunctionTable, context: RenderContext): Readonly<Record<string, Callable>> {
  const execution: TemplateCall = {
    context,
    counters: new Map(),
    executeTemplate: (name) => {
      throw new GoError(`no template ${name}: Eta files have none`);
    },
    executeText: (_, text, data) => context.renderText(text, data as never),
  };
  const result: Record<string, Callable> = {};
  for (const [name, { call, takesCall }] of table) {
    const run = call as Callable;
    result[name] = (...args) => {
      const given = args.map((each) => fromJs(each, 'int'));
      return toJs(takesCall === true ? run(execution, ...given) : run(...given));
    };
  }
  return result;
}
