import { childrenOf, isNullable, type Node, type RepeatNode } from './syntax.ts';

const assertionSources = {
  beginText: '^',
  endText: '$',
  beginLine: '(?<![^\\n])',
  endLine: '(?![^\\n])',
  wordBoundary: '\\b',
  noWordBoundary: '\\B',
} as const;

/** A JS regular expression with the same matches as the tree, and how far it can be trusted to be quick. */
export interface JsTranslation {
  readonly source: string;
  readonly flags: 'gu' | 'giu';
  /** Whether the groups, too, are those RE2 finds; else only the extent of a match is. */
  readonly hasSameGroups: boolean;
  /** Texts longer than this may make it backtrack without end. */
  readonly safeLength: number;
}

/** Translates a tree; `undefined` where JS would match otherwise than RE2. */
export function toJsRegExp(root: Node): JsTranslation | undefined {
  const folds = new Set<boolean>();
  let hasWordBoundary = false;
  let isExact = true;
  let hasSameGroups = true;
  visit(root, (node) => {
    if (node.op === 'rune' && node.hasCase) folds.add(node.fold);
    if (node.op === 'assert' && node.assertion.endsWith('Boundary')) hasWordBoundary = true;
    if (node.op === 'repeat') {
      if (!repeatsAlike(node)) isExact = false;
      if (!capturesAlike(node)) hasSameGroups = false;
    }
  });
  const fold = folds.has(true);
  // JS has one case flag per pattern, and its \b takes U+017F for a letter when case is ignored.
  if (!isExact || folds.size > 1 || (fold && hasWordBoundary)) return undefined;
  return { source: source(root), flags: fold ? 'giu' : 'gu', hasSameGroups, safeLength: safeLength(root) };
}

function visit(node: Node, look: (node: Node) => void): void {
  look(node);
  for (const child of childrenOf(node)) visit(child, look);
}

/** JS drops empty iterations; RE2 does not. */
function repeatsAlike(node: RepeatNode): boolean {
  return !isNullable(node.body) || (node.max === 1 && isGreedyRepeat(node.body));
}

/** Whether the node takes what it can before it settles for nothing. */
function isGreedyRepeat(node: Node): boolean {
  return node.op === 'repeat' && node.isGreedy && !isNullable(node.body) && !hasCapture(node);
}

/** JS forgets the groups of earlier iterations; RE2 does not. */
function capturesAlike(node: RepeatNode): boolean {
  return node.max === 0 || node.max === 1 || capturesAlways(node.body);
}

function hasCapture(node: Node): boolean {
  return node.op === 'capture' || childrenOf(node).some(hasCapture);
}

/** Whether every group in the node takes part in each of its matches. */
function capturesAlways(node: Node): boolean {
  if (node.op === 'alternate' || (node.op === 'repeat' && node.min === 0)) return !hasCapture(node);
  return childrenOf(node).every(capturesAlways);
}

/** Nested unlimited repetitions can take exponential time, three in a row cubic time. */
function safeLength(root: Node): number {
  let unlimited = 0;
  visit(root, (node) => {
    if (node.op === 'repeat' && isMany(node)) unlimited += 1;
  });
  if (nestedDepth(root) > 1) return 48;
  return unlimited > 2 ? 2000 : Number.POSITIVE_INFINITY;
}

function isMany(node: RepeatNode): boolean {
  return node.max < 0 || node.max > 16;
}

function nestedDepth(node: Node): number {
  const below = Math.max(0, ...childrenOf(node).map(nestedDepth));
  return node.op === 'repeat' && isMany(node) ? below + 1 : below;
}

function source(node: Node): string {
  switch (node.op) {
    case 'empty':
      return '(?:)';
    case 'rune':
      return node.source;
    case 'assert':
      return assertionSources[node.assertion];
    case 'capture':
      return `(${source(node.body)})`;
    case 'concat':
      return node.parts
        .map((part) => (part.op === 'alternate' ? `(?:${source(part)})` : source(part)))
        .join('');
    case 'alternate':
      return node.parts.map(source).join('|');
    case 'repeat':
      return repeatSource(node);
  }
}

function repeatSource(node: RepeatNode): string {
  const isAtom = node.body.op === 'rune' || node.body.op === 'capture';
  const body = isAtom ? source(node.body) : `(?:${source(node.body)})`;
  return body + quantifier(node) + (node.isGreedy ? '' : '?');
}

function quantifier({ min, max }: RepeatNode): string {
  if (max === -1) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === 0 && max === 1 ? '?' : `{${min},${max}}`;
}
