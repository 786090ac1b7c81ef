import { type HclExpression, splatItem } from './hcl-node.ts';

/** The names that an expression reads from outside, with the attribute asked of each, in reading order. */
export function referencesOf(node: HclExpression): readonly HclReference[] {
  const found: HclReference[] = [];
  visit(node, new Set([splatItem]), found);
  return found;
}

export interface HclReference {
  readonly root: string;
  readonly node: HclExpression;
  /** Undefined when the root stands alone; null when it is indexed. */
  readonly attribute: string | undefined | null;
}

function visit(node: unknown, bound: ReadonlySet<string>, found: HclReference[]): void {
  if (Array.isArray(node)) for (const item of node) visit(item, bound, found);
  else if (typeof node === 'object' && node !== null) visitExpression(node as HclExpression, bound, found);
}

function visitExpression(node: HclExpression, bound: ReadonlySet<string>, found: HclReference[]): void {
  const root = node.kind === 'attribute' || node.kind === 'index' ? node.of : node;
  if (root.kind === 'variable') {
    if (!bound.has(root.name)) found.push({ root: root.name, node, attribute: attributeOf(node) });
    if (node.kind === 'index') visit(node.key, bound, found);
    return;
  }
  if (node.kind !== 'for') {
    for (const child of Object.values(node)) visit(child, bound, found);
    return;
  }
  const { over, keyName = '', valueName, ...inner } = node;
  visit(over, bound, found);
  for (const child of Object.values(inner)) visit(child, new Set([...bound, keyName, valueName]), found);
}

function attributeOf(node: HclExpression): string | undefined | null {
  if (node.kind === 'attribute') return node.name;
  return node.kind === 'index' ? null : undefined;
}
