import { type Dict, formatValue, GoError, typeOf } from '@flotilla/gocompat';
import { type FunctionTable, variadicCallFunction } from '@flotilla/gotemplate';
import { insecureCallsDisabled } from './insecure.ts';
import { type RenderContext, renderContextOf } from './render-context.ts';

/** `exec` and `envExec` of Helmfile 1.8.0: programs started in the base directory without a shell, their stdout as text. */
export const execFunctions: FunctionTable = new Map([
  [
    'exec',
    variadicCallFunction(['string', 'list'], 'string', (execution, command, args, ...inputs) =>
      run(renderContextOf(execution), { env: null, command, args, inputs }),
    ),
  ],
  [
    'envExec',
    variadicCallFunction(['map', 'string', 'list'], 'string', (execution, env, ...call) => {
      const [command, args, ...inputs] = call;
      return run(renderContextOf(execution), { env, command, args, inputs });
    }),
  ],
]);

interface Call {
  readonly env: Dict | null;
  readonly command: string;
  readonly args: readonly unknown[];
  readonly inputs: readonly string[];
}

function run(context: RenderContext, { env, command, args, inputs }: Call): unknown {
  if (context.world.isInsecureDisabled) throw new GoError(insecureCallsDisabled);
  if (context.world.deny.has('exec')) throw new GoError(`cannot run "${command}": --deny exec is active`);
  if (context.isLenient) return '';
  return context.effects.take({
    kind: 'exec',
    command,
    args: textArguments(args),
    env: textEnvironment(env),
    stdin: inputs[0] ?? '',
    directory: context.base.absolute,
  });
}

function textArguments(args: readonly unknown[]): readonly string[] {
  return args.map((arg, index) => {
    if (typeof arg === 'string') return arg;
    throw new GoError(
      `unexpected type of arg "${goTypeName(arg)}" in args ${formatValue(args)} at index ${index}`,
    );
  });
}

function textEnvironment(env: Dict | null): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const key in env) {
    const value = env[key];
    if (typeof value !== 'string') {
      const type = goTypeName(value);
      throw new GoError(`unexpected type of env "${type}" in envs ${formatValue(env)} at index ${key}`);
    }
    result[key] = value;
  }
  return result;
}

/** Go prints the type of nil through `%s` as an error of its own. */
function goTypeName(value: unknown): string {
  return value === null || value === undefined ? '%!s(<nil>)' : typeOf(value);
}
