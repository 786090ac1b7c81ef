/**
 * Statements to closures that write to the run's output.
 * In: a list of the tree. Out: one Execute. Break and continue are results, not exceptions.
 */
import { formatAction, isTruthy, kindOf, quote, typeOf } from '@flotilla/gocompat';
import type { ActionNode, BranchNode, ListNode, StatementNode, TemplateNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { compileRange } from './compile-range.ts';
import { type Compiler, siteOf } from './compiler.ts';
import { type Execute, type Frame, flow } from './frame.ts';
import { invoke } from './invoke.ts';
import { fail, keepOverflow, type Site, tooDeep } from './site.ts';

/** A list in a scope of its own: what it declares ends with it. */
export function compileList(compiler: Compiler, list: ListNode): Execute {
  const statements = list.nodes.map((node) => mapped(compiler, node, compileStatement(compiler, node)));
  return sequence(statements);
}

/** The list of a branch: most branches of a chart never run, so each compiles when it first does. */
function compileBranchList(compiler: Compiler, list: ListNode): Execute {
  if (list.nodes.every((node) => node.kind === 'text')) return compileList(compiler, list);
  const later = compiler.fork();
  let compiled: Execute | undefined;
  return (frame) => {
    compiled ??= compileList(later, list);
    return compiled(frame);
  };
}

function sequence(statements: readonly Execute[]): Execute {
  const a = statements[0];
  const b = statements[1];
  const c = statements[2];
  if (a === undefined) return () => flow.next;
  if (b === undefined) return a;
  if (c === undefined) return (frame) => a(frame) || b(frame);
  if (statements.length === 3) return (frame) => a(frame) || b(frame) || c(frame);
  return (frame) => {
    for (let at = 0; at < statements.length; at++) {
      const result = statements[at]?.(frame) ?? flow.next;
      if (result !== flow.next) return result;
    }
    return flow.next;
  };
}

/** Notes which range of the output a text or an action gave. */
function mapped(compiler: Compiler, node: StatementNode, execute: Execute): Execute {
  if (!compiler.isMapped || (node.kind !== 'text' && node.kind !== 'action')) return execute;
  const { source } = compiler.tree;
  return (frame) => {
    const { run } = frame;
    const before = run.out.length;
    const result = execute(frame);
    run.recorder?.record(before, run.out.length, { source, node });
    return result;
  };
}

function compileStatement(compiler: Compiler, node: StatementNode): Execute {
  switch (node.kind) {
    case 'text': {
      const { text } = node;
      return (frame) => {
        frame.run.out += text;
        return flow.next;
      };
    }
    case 'action':
      return compileAction(compiler, node);
    case 'if':
      return compileIf(compiler, node);
    case 'with':
      return compileWith(compiler, node);
    case 'range':
      return compileRange(compiler, node, compileBranchList);
    case 'template':
      return compileTemplate(compiler, node);
    case 'break':
    case 'continue': {
      const result = flow[node.kind];
      return () => result;
    }
  }
}

function compileAction(compiler: Compiler, node: ActionNode): Execute {
  const { evaluate } = compiler.pipe(node.pipe);
  if (node.pipe.declarations.length > 0) {
    return (frame) => {
      evaluate(frame);
      return flow.next;
    };
  }
  const site = siteOf(compiler, node);
  return (frame) => {
    const value = evaluate(frame);
    frame.run.out += typeof value === 'string' ? value : printed(frame, site, value);
    return flow.next;
  };
}

function printed(frame: Frame, site: Site, value: unknown): string {
  if (value === undefined || value === null) return frame.run.noValue;
  if (typeof value === 'function') {
    const node = site.where.kind === 'action' ? nodeText(site.where) : kindOf(value);
    fail(frame, site, `can't print ${node} of type ${typeOf(value)}`);
  }
  return formatAction(value);
}

/** Chains of `else if` become one ladder, however long they are. */
function compileIf(compiler: Compiler, node: BranchNode): Execute {
  const { scope } = compiler;
  const mark = scope.mark();
  const conditions: ((frame: Frame) => unknown)[] = [];
  const bodies: Execute[] = [];
  let otherwise: Execute | undefined;
  let branch: BranchNode | undefined = node;
  while (branch !== undefined) {
    conditions.push(compiler.pipe(branch.pipe).evaluate);
    const bodyMark = scope.mark();
    bodies.push(compileBranchList(compiler, branch.list));
    scope.pop(bodyMark);
    const rest: ListNode | undefined = branch.elseList;
    branch = nestedIf(rest);
    if (branch === undefined && rest !== undefined) otherwise = compileBranchList(compiler, rest);
  }
  scope.pop(mark);
  return ladder(conditions, bodies, otherwise);
}

function nestedIf(list: ListNode | undefined): BranchNode | undefined {
  const only = list?.nodes[0];
  return list?.nodes.length === 1 && only?.kind === 'if' ? only : undefined;
}

function ladder(
  conditions: readonly ((frame: Frame) => unknown)[],
  bodies: readonly Execute[],
  otherwise: Execute | undefined,
): Execute {
  const condition = conditions[0];
  const body = bodies[0];
  if (conditions.length === 1 && condition !== undefined && body !== undefined) {
    return oneCondition(condition, body, otherwise);
  }
  return (frame) => {
    for (let at = 0; at < conditions.length; at++) {
      if (isTruthy(conditions[at]?.(frame))) return bodies[at]?.(frame) ?? flow.next;
    }
    return otherwise === undefined ? flow.next : otherwise(frame);
  };
}

function oneCondition(
  condition: (frame: Frame) => unknown,
  body: Execute,
  otherwise: Execute | undefined,
): Execute {
  if (otherwise === undefined) return (frame) => (isTruthy(condition(frame)) ? body(frame) : flow.next);
  return (frame) => (isTruthy(condition(frame)) ? body(frame) : otherwise(frame));
}

function compileWith(compiler: Compiler, node: BranchNode): Execute {
  const { scope, dotContainer } = compiler;
  const mark = scope.mark();
  const { evaluate } = compiler.pipe(node.pipe);
  compiler.dotContainer = undefined;
  const bodyMark = scope.mark();
  const body = compileBranchList(compiler, node.list);
  scope.pop(bodyMark);
  compiler.dotContainer = dotContainer;
  const otherwise = node.elseList === undefined ? undefined : compileBranchList(compiler, node.elseList);
  scope.pop(mark);
  return (frame) => {
    const value = evaluate(frame);
    if (!isTruthy(value)) return otherwise === undefined ? flow.next : otherwise(frame);
    const outer = frame.dot;
    frame.dot = value;
    const result = body(frame);
    frame.dot = outer;
    return result;
  };
}

function compileTemplate(compiler: Compiler, node: TemplateNode): Execute {
  const site = siteOf(compiler, node);
  const { name } = node;
  const evaluate = node.pipe === undefined ? undefined : compiler.pipe(node.pipe).evaluate;
  return (frame) => {
    const { run } = frame;
    const template = run.namespace.lookup(name);
    if (template === undefined) return fail(frame, site, `template ${quote(name)} not defined`);
    if (run.depth >= run.maxDepth) return fail(frame, site, tooDeep, { code: 'template/limit' });
    const data = evaluate?.(frame) ?? undefined;
    try {
      invoke(run, template, data);
    } catch (error) {
      if (error instanceof RangeError) keepOverflow(frame, site);
      throw error;
    }
    return flow.next;
  };
}
