import { Dict, formatValue, GoInt, goInt, type IntKind, int, sortedKeys, TypedMap } from '@flotilla/gocompat';
import type { BranchNode, ListNode } from '../parse/node.ts';
import { compileAssignment, compileStages, type SetVariable, settingSlot } from './compile-pipeline.ts';
import { type Compiler, siteOf } from './compiler.ts';
import { type Evaluate, type Execute, type Flow, type Frame, flow } from './frame.ts';
import { fail, type Site } from './site.ts';

interface Loop {
  readonly body: Execute;
  /** Sets the variables for one round; absent when there are none. */
  readonly bind: ((frame: Frame, key: unknown, element: unknown) => void) | undefined;
  readonly hasTwoVariables: boolean;
  readonly site: Site;
}

/** `{{range}}` over lists, maps in key order, integers and nil. */
export function compileRange(
  compiler: Compiler,
  node: BranchNode,
  compileList: (compiler: Compiler, list: ListNode) => Execute,
): Execute {
  const { scope, dotContainer } = compiler;
  const mark = scope.mark();
  const container = scope.newSlot();
  const { evaluate, bind, site } = compileHead(compiler, node, container);
  compiler.dotContainer = container;
  const bodyMark = scope.mark();
  const body = compileList(compiler, node.list);
  scope.pop(bodyMark);
  compiler.dotContainer = dotContainer;
  const otherwise = node.elseList === undefined ? undefined : compileList(compiler, node.elseList);
  scope.pop(mark);
  const loop: Loop = { body, bind, hasTwoVariables: node.pipe.declarations.length > 1, site };
  return (frame) => {
    const value = evaluate(frame);
    frame.slots[container] = value;
    const outer = frame.dot;
    // Lists are the usual case; one call less on the stack where templates nest.
    const hasRun = Array.isArray(value) ? overList(frame, loop, value) : iterate(frame, loop, value);
    frame.dot = outer;
    return hasRun || otherwise === undefined ? flow.next : otherwise(frame);
  };
}

interface Head {
  readonly evaluate: Evaluate;
  readonly bind: Loop['bind'];
  readonly site: Site;
}

/** The variables hold the whole value before the first round and in the else list. */
function compileHead(compiler: Compiler, { pipe }: BranchNode, container: number): Head {
  const value = compileStages(compiler, pipe);
  const site = siteOf(compiler, value.last);
  const setters = pipe.declarations.map((name) =>
    pipe.isAssign ? compileAssignment(compiler, name, value.last) : settingSlot(compiler.scope.declare(name)),
  );
  const [first, second] = setters;
  if (first === undefined) return { evaluate: value.evaluate, bind: undefined, site };
  return {
    evaluate: (frame) => {
      const whole = value.evaluate(frame) ?? undefined;
      for (const set of setters) set(frame, whole);
      return whole;
    },
    bind: bindingOf(first, second, container),
    site,
  };
}

function bindingOf(first: SetVariable, second: SetVariable | undefined, container: number): Loop['bind'] {
  if (second === undefined) return (frame, _key, element) => first(frame, element, frame.slots[container]);
  return (frame, key, element) => {
    first(frame, key);
    second(frame, element, frame.slots[container]);
  };
}

function iterate(frame: Frame, loop: Loop, value: unknown): boolean {
  if (value instanceof Dict) return overKeys(frame, loop, { keys: sortedKeys(value), map: value });
  if (value === undefined || value === null) return false;
  if (value instanceof TypedMap) return overTypedMap(frame, loop, value);
  if (value instanceof GoInt) return overInteger(frame, loop, value);
  if (value instanceof Uint8Array) {
    return overList(
      frame,
      loop,
      Array.from(value, (byte) => goInt('uint8', byte)),
    );
  }
  return fail(frame, loop.site, `range can't iterate over ${formatValue(value)}`);
}

/** True when the loop ends after a round. */
function endsWith(frame: Frame, loop: Loop, result: Flow): boolean {
  if (frame.run.out.length > frame.run.maxOutput) {
    fail(frame, loop.site, `output exceeds ${frame.run.maxOutput} characters`, { code: 'template/limit' });
  }
  return result === flow.break;
}

function overList(frame: Frame, loop: Loop, list: readonly unknown[]): boolean {
  const { bind } = loop;
  const keyed = loop.hasTwoVariables;
  for (let at = 0; at < list.length; at++) {
    const element = list[at];
    bind?.(frame, keyed ? int(at) : undefined, element);
    frame.dot = element;
    if (endsWith(frame, loop, loop.body(frame))) break;
  }
  return list.length > 0;
}

function overKeys(
  frame: Frame,
  loop: Loop,
  { keys, map }: { readonly keys: readonly string[]; readonly map: Dict },
): boolean {
  // A body that changes the map does not change the loop.
  const elements = keys.map((key) => map[key]);
  for (let at = 0; at < keys.length; at++) {
    const element = elements[at];
    loop.bind?.(frame, keys[at], element);
    frame.dot = element;
    if (endsWith(frame, loop, loop.body(frame))) break;
  }
  return keys.length > 0;
}

function overTypedMap(frame: Frame, loop: Loop, map: TypedMap): boolean {
  const entries = sortedKeys(map).map((key) => [key, map.entries.get(key)] as const);
  for (const [key, element] of entries) {
    loop.bind?.(frame, key, element);
    frame.dot = element;
    if (endsWith(frame, loop, loop.body(frame))) break;
  }
  return entries.length > 0;
}

/** 0 … n-1, of the same type. */
function overInteger(frame: Frame, loop: Loop, count: GoInt): boolean {
  if (loop.hasTwoVariables) {
    fail(frame, loop.site, `can't use ${formatValue(count)} to iterate over more than one variable`);
  }
  const kind: IntKind = count.kind;
  for (let at = 0; at < count.n; at++) {
    const element = goInt(kind, at);
    loop.bind?.(frame, undefined, element);
    frame.dot = element;
    if (endsWith(frame, loop, loop.body(frame))) break;
  }
  return count.n > 0;
}
