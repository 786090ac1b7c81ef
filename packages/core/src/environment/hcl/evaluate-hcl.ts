/** HCL expressions to values. In: a tree and what names stand for. Out: null, bool, number, string, list or Dict. Throws HclError. */
import { compareStrings, Dict, GoError } from '@flotilla/gocompat';
import { isEqual, toBoolean, toNumber, toText, typeName } from './hcl-convert.ts';
import {
  HclError,
  type HclExpression,
  type HclFor,
  type HclRange,
  type HclTemplatePart,
  splatItem,
} from './hcl-node.ts';

export type HclFunction = (args: readonly unknown[]) => unknown;

export interface HclScope {
  readonly variables: ReadonlyMap<string, unknown>;
  readonly functions: ReadonlyMap<string, HclFunction>;
}

/** The value of an expression. */
export function evaluateHcl(node: HclExpression, scope: HclScope): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'template':
      return textOf(node.parts, node, scope);
    case 'variable':
      return variable(node, scope);
    case 'attribute':
      return attribute(evaluateHcl(node.of, scope), node.name, { start: node.of.end, end: node.end });
    case 'index':
      return element(evaluateHcl(node.of, scope), evaluateHcl(node.key, scope), {
        start: node.of.end,
        end: node.end,
      });
    case 'splat':
      return splat(node, scope);
    case 'call':
      return call(node, scope);
    case 'unary':
      return unary(node, scope);
    case 'binary':
      return binary(node, scope);
    case 'conditional':
      return evaluateHcl(
        at(node.test, () => toBoolean(evaluateHcl(node.test, scope))) ? node.yes : node.no,
        scope,
      );
    case 'tuple':
      return node.items.map((item) => evaluateHcl(item, scope));
    case 'object':
      return objectOf(node.entries, scope);
    case 'for':
      return node.key === undefined ? forTuple(node, scope) : forObject(node, node.key, scope);
  }
}

type NodeOf<K extends HclExpression['kind']> = Extract<HclExpression, { readonly kind: K }>;

/** Puts the place on errors of conversions. */
function at<T>(node: HclRange, run: () => T, what?: string): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof GoError) || error instanceof HclError) throw error;
    if (what === undefined) throw new HclError('Incorrect value', `${error.message}.`, node);
    throw new HclError('Invalid operand', `Unsuitable value for ${what}: ${error.message}.`, node);
  }
}

function variable(node: NodeOf<'variable'>, { variables }: HclScope): unknown {
  const value = variables.get(node.name);
  if (value !== undefined) return value;
  throw new HclError('Unknown variable', `There is no variable named "${node.name}".`, node);
}

function attribute(of: unknown, name: string, node: HclRange): unknown {
  if (of === null)
    throw new HclError(
      'Attempt to get attribute from null value',
      'This value is null, so it does not have any attributes.',
      node,
    );
  if (!(of instanceof Dict))
    throw new HclError('Unsupported attribute', `Can't access attributes on a ${typeName(of)} value.`, node);
  const value = of[name];
  if (value === undefined)
    throw new HclError(
      'Unsupported attribute',
      `This object does not have an attribute named "${name}".`,
      node,
    );
  return value;
}

function element(of: unknown, key: unknown, node: HclRange): unknown {
  if (of instanceof Dict) {
    const value = of[at(node, () => toText(key))];
    if (value === undefined) throw invalidIndex(node);
    return value;
  }
  if (!Array.isArray(of)) throw new HclError('Invalid index', 'This value does not have any indices.', node);
  const value: unknown = of[at(node, () => toNumber(key))];
  if (value === undefined) throw invalidIndex(node);
  return value;
}

function invalidIndex(node: HclRange): HclError {
  return new HclError(
    'Invalid index',
    'The given key does not identify an element in this collection value.',
    node,
  );
}

function splat(node: NodeOf<'splat'>, scope: HclScope): unknown {
  const of = evaluateHcl(node.of, scope);
  const items: readonly unknown[] = Array.isArray(of) ? of : of === null ? [] : [of];
  return items.map((item) => evaluateHcl(node.each, withVariables(scope, [[splatItem, item]])));
}

function withVariables(scope: HclScope, added: readonly (readonly [string, unknown])[]): HclScope {
  return { ...scope, variables: new Map([...scope.variables, ...added]) };
}

function call(node: NodeOf<'call'>, scope: HclScope): unknown {
  if (node.name === 'try' || node.name === 'can') return attempt(node, scope);
  const run = scope.functions.get(node.name);
  if (run === undefined) {
    const range = { start: node.start, end: node.start + node.name.length };
    throw new HclError('Call to unknown function', `There is no function named "${node.name}".`, range);
  }
  const args = node.args.flatMap((arg, index) => {
    const value = evaluateHcl(arg, scope);
    return node.spreads && index === node.args.length - 1 && Array.isArray(value)
      ? (value as unknown[])
      : [value];
  });
  try {
    return run(args);
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    throw failedCall(node, error.message);
  }
}

/** HCL points at the name and the parenthesis behind it. */
function failedCall({ name, start }: NodeOf<'call'>, message: string): HclError {
  const range = { start, end: start + name.length + 1 };
  return new HclError('Error in function call', `Call to function "${name}" failed: ${message}.`, range);
}

/** `try` gives the first argument that has a value, `can` whether its argument has one. */
function attempt(node: NodeOf<'call'>, scope: HclScope): unknown {
  for (const arg of node.args) {
    try {
      const value = evaluateHcl(arg, scope);
      return node.name === 'can' ? true : value;
    } catch (error) {
      if (!(error instanceof HclError)) throw error;
    }
  }
  if (node.name === 'can') return false;
  throw failedCall(node, 'no expression succeeded');
}

function unary(node: NodeOf<'unary'>, scope: HclScope): unknown {
  const value = evaluateHcl(node.operand, scope);
  return at(
    node.operand,
    () => (node.operator === '-' ? -toNumber(value) : !toBoolean(value)),
    'unary operand',
  );
}

function binary({ operator, left, right, ...range }: NodeOf<'binary'>, scope: HclScope): unknown {
  const a = evaluateHcl(left, scope);
  const b = evaluateHcl(right, scope);
  if (operator === '==') return isEqual(a, b);
  if (operator === '!=') return !isEqual(a, b);
  if (operator === '&&' || operator === '||') {
    const [x, y] = [
      at(left, () => toBoolean(a), 'left operand'),
      at(right, () => toBoolean(b), 'right operand'),
    ];
    return operator === '&&' ? x && y : x || y;
  }
  const [x, y] = [at(left, () => toNumber(a), 'left operand'), at(right, () => toNumber(b), 'right operand')];
  if (operator === '/' && y === 0) {
    throw new HclError('Division by zero', 'Cannot divide by zero.', range);
  }
  return arithmetic[operator]?.(x, y);
}

const arithmetic: Readonly<Record<string, (x: number, y: number) => unknown>> = {
  '+': (x, y) => decimal(x + y),
  '-': (x, y) => decimal(x - y),
  '*': (x, y) => decimal(x * y),
  '/': (x, y) => x / y,
  '%': (x, y) => x % y,
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
};

/** HCL counts with 512 bits, so that 0.1 + 0.2 is 0.3. */
function decimal(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function objectOf(entries: NodeOf<'object'>['entries'], scope: HclScope): Dict {
  const result = new Dict();
  for (const { key, value } of entries) {
    result[at(key, () => toText(evaluateHcl(key, scope)))] = evaluateHcl(value, scope);
  }
  return result;
}

/** Keys and values in the order in which HCL iterates. */
function entriesOf(over: unknown, node: HclExpression): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(over)) return over.map((item, index) => [index, item]);
  if (!(over instanceof Dict))
    throw new HclError(
      'Iteration over non-iterable value',
      'A value of this type cannot be used as the collection.',
      node,
    );
  return Object.keys(over)
    .sort(compareStrings)
    .map((key) => [key, over[key]]);
}

function scopesOf(node: HclFor, scope: HclScope): readonly HclScope[] {
  const scopes = entriesOf(evaluateHcl(node.over, scope), node.over).map(([key, value]) =>
    withVariables(scope, [
      ...(node.keyName === undefined ? [] : [[node.keyName, key] as const]),
      [node.valueName, value],
    ]),
  );
  const { test } = node;
  return test === undefined
    ? scopes
    : scopes.filter((each) => at(test, () => toBoolean(evaluateHcl(test, each))));
}

function forTuple(node: HclFor, scope: HclScope): readonly unknown[] {
  return scopesOf(node, scope).map((each) => evaluateHcl(node.value, each));
}

function forObject(node: HclFor, key: HclExpression, scope: HclScope): Dict {
  const result = new Dict();
  for (const each of scopesOf(node, scope)) {
    const name = at(key, () => toText(evaluateHcl(key, each)));
    const value = evaluateHcl(node.value, each);
    const known = result[name];
    if (node.groups) result[name] = [...(Array.isArray(known) ? (known as unknown[]) : []), value];
    else if (known === undefined) result[name] = value;
    else
      throw new HclError(
        'Duplicate object key',
        `Two different items produced the key "${name}" in this 'for' expression. If duplicates are expected, use the ellipsis (...) after the value expression to enable grouping by key.`,
        key,
      );
  }
  return result;
}

function textOf(parts: readonly HclTemplatePart[], node: HclExpression, scope: HclScope): string {
  return parts.map((part) => partText(part, node, scope)).join('');
}

function partText(part: HclTemplatePart, node: HclExpression, scope: HclScope): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'value':
      return at(part.expression, () => toText(evaluateHcl(part.expression, scope)));
    case 'if':
      return textOf(
        at(part.test, () => toBoolean(evaluateHcl(part.test, scope))) ? part.yes : part.no,
        node,
        scope,
      );
    case 'for':
      return entriesOf(evaluateHcl(part.over, scope), part.over)
        .map(([key, value]) => {
          const names = [
            ...(part.keyName === undefined ? [] : [[part.keyName, key] as const]),
            [part.valueName, value] as const,
          ];
          return textOf(part.body, node, withVariables(scope, names));
        })
        .join('');
  }
}
