/**
 * Arguments against parameter types: Go assigns, it never converts a number or a string.
 * In: an operand node or a piped expression and the parameter. Out: an Evaluate that gives what the implementation takes.
 */
import {
  Dict,
  GoInt,
  GoStruct,
  GoTime,
  goInt,
  nilSlice,
  plainView,
  sliceType,
  typeOf,
} from '@flotilla/gocompat';
import { type GoParam, goParamNames } from '../function-table.ts';
import type { BoolNode, NilNode, NumberNode, OperandNode, StringNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { type Compiler, type Expression, siteOf } from './compiler.ts';
import { constantNumber } from './constant.ts';
import type { Evaluate, Frame } from './frame.ts';
import { fail, type Site } from './site.ts';

type LiteralNode = BoolNode | NilNode | NumberNode | StringNode;

/** Gives the argument for values of the parameter's type, undefined for all others. */
const accept: Readonly<Record<Exclude<GoParam, 'any' | 'value'>, (value: unknown) => unknown>> = {
  string: (value) => (typeof value === 'string' ? value : undefined),
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  float64: (value) => (typeof value === 'number' ? value : undefined),
  int: (value) => (value instanceof GoInt && value.kind === 'int' ? value.n : undefined),
  uint32: (value) => (value instanceof GoInt && value.kind === 'uint32' ? value.n : undefined),
  int64: (value) => (value instanceof GoInt && value.kind === 'int64' ? value : undefined),
  duration: (value) => (value instanceof GoInt && value.kind === 'duration' ? value : undefined),
  map: (value) => (value instanceof Dict ? plainView(value) : undefined),
  list: (value) => (isSlice(value, '[]interface {}') ? value : undefined),
  strings: (value) => (isSlice(value, '[]string') ? value : undefined),
  bytes: (value) => (value instanceof Uint8Array ? value : undefined),
  time: (value) => (value instanceof GoTime ? value : undefined),
  certificate: (value) =>
    value instanceof GoStruct && value.goType === goParamNames.certificate ? value : undefined,
};

function isSlice(value: unknown, type: string): value is unknown[] {
  return Array.isArray(value) && sliceType(value) === type;
}

/** What nil becomes as an argument; none for types that cannot be nil. */
const nilArguments: ReadonlyMap<GoParam, () => unknown> = new Map<GoParam, () => unknown>([
  ['any', () => null],
  ['value', () => undefined],
  ['map', () => null],
  ['list', () => nilSlice()],
  ['strings', () => nilSlice('[]string')],
  ['bytes', () => new Uint8Array(0)],
]);

/** An operand as an argument. */
export function compileArgument(compiler: Compiler, node: OperandNode, param: GoParam): Expression {
  switch (node.kind) {
    case 'bool':
    case 'nil':
    case 'number':
    case 'string':
      return { evaluate: literalArgument(compiler, node, param), last: node, isUnwrapped: false };
    default: {
      const expression = compiler.operand(node);
      const { evaluate, last, isUnwrapped } = expression;
      if (param === 'value' && !isUnwrapped) return expression;
      if (param === 'any') return { evaluate: (frame) => evaluate(frame) ?? null, last, isUnwrapped };
      return { evaluate: checked(expression, param, siteOf(compiler, last)), last, isUnwrapped };
    }
  }
}

/** Gives the argument for a value, or reports the mismatch. */
export type Check = (frame: Frame, value: unknown) => unknown;

/** `expression`, checked against the parameter; `site` is where a mismatch is reported. */
export function checked(expression: Expression, param: GoParam, site: Site): Evaluate {
  const { evaluate, isUnwrapped } = expression;
  if (param === 'any') return (frame) => evaluate(frame) ?? null;
  if (param === 'value' && !isUnwrapped) return evaluate;
  const check = checkFor(param, isUnwrapped, site);
  if (param !== 'string') return (frame) => check(frame, evaluate(frame));
  return (frame) => {
    const value = evaluate(frame);
    return typeof value === 'string' ? value : check(frame, value);
  };
}

/** Checks values against a parameter; a nil interface that went through a pipeline counts as no value. */
export function checkFor(param: GoParam, isUnwrapped: boolean, site: Site): Check {
  if (param === 'any') return (_frame, value) => value ?? null;
  if (param === 'value')
    return isUnwrapped ? (_frame, value) => value ?? undefined : (_frame, value) => value;
  const acceptValue = accept[param];
  return (frame, value) => {
    const accepted = acceptValue(value);
    if (accepted !== undefined) return accepted;
    return nilOrFail(frame, site, { param, value: isUnwrapped ? (value ?? undefined) : value });
  };
}

function nilOrFail(
  frame: Frame,
  site: Site,
  { param, value }: { readonly param: GoParam; readonly value: unknown },
): unknown {
  const expected = goParamNames[param];
  if (value === undefined) {
    const nil = nilArguments.get(param);
    return nil === undefined ? fail(frame, site, `invalid value; expected ${expected}`) : nil();
  }
  const got = value === null ? 'interface {}' : typeOf(value);
  return fail(frame, site, `wrong type for value; expected ${expected}; got ${got}`);
}

function literalArgument(compiler: Compiler, node: LiteralNode, param: GoParam): Evaluate {
  const site = siteOf(compiler, node);
  if (node.kind === 'nil') {
    const nil = nilArguments.get(param);
    return nil ?? ((frame) => fail(frame, site, `cannot assign nil to ${goParamNames[param]}`));
  }
  if (param === 'any' || param === 'value') {
    if (node.kind === 'number') return constantNumber(node, site);
    const value = node.kind === 'bool' ? node.value : node.text;
    return () => value;
  }
  const constant = literalConstant(node, param);
  if (constant !== undefined) return () => constant;
  const reason = literalMismatch(node, param);
  return (frame) => fail(frame, site, reason);
}

function literalConstant(node: Exclude<LiteralNode, NilNode>, param: GoParam): unknown {
  switch (node.kind) {
    case 'bool':
      return param === 'bool' ? node.value : undefined;
    case 'string':
      return param === 'string' ? node.text : undefined;
    case 'number':
      return numberConstant(node, param);
  }
}

function numberConstant(node: NumberNode, param: GoParam): unknown {
  switch (param) {
    case 'float64':
      return node.float;
    case 'int':
      return node.signed === undefined ? undefined : Number(node.signed);
    case 'uint32':
      return node.unsigned === undefined ? undefined : Number(BigInt.asUintN(32, node.unsigned));
    case 'int64':
    case 'duration':
      return node.signed === undefined ? undefined : goInt(param, node.signed);
    default:
      return undefined;
  }
}

const expectations: ReadonlyMap<GoParam, string> = new Map<GoParam, string>([
  ['string', 'string'],
  ['bool', 'bool'],
  ['int', 'integer'],
  ['int64', 'integer'],
  ['duration', 'integer'],
  ['uint32', 'unsigned integer'],
  ['float64', 'float'],
]);

function literalMismatch(node: LiteralNode, param: GoParam): string {
  const expected = expectations.get(param);
  if (expected !== undefined) return `expected ${expected}; found ${nodeText(node)}`;
  return `can't handle ${nodeText(node)} for arg of type ${goParamNames[param]}`;
}
