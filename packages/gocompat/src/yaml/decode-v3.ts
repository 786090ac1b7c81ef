/**
 * Nodes to values as go-yaml v3 decodes into `interface{}`: integers and floats stay apart, dates are times, maps
 * whose keys are all strings are Dicts, others `map[interface {}]interface {}`. A repeated key is an error, explicit
 * keys win over merged ones.
 */
import { quote } from '../strconv/quote.ts';
import { AliasBudget } from './alias-budget.ts';
import { failure, mergedMaps, type TypeProblem, throwTypeProblems } from './decode-problem.ts';
import { goSyntax, isStringKey } from './go-syntax.ts';
import { type MapTarget, newMapTarget, printKey } from './map-target.ts';
import { isMergeKey } from './merge-key.ts';
import type { YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './node.ts';
import { isSurelyText, type Resolved } from './resolve.ts';
import { ScalarProblem, scalarValue, shortTag } from './scalar-value.ts';

/** The value of a document; see the file's head. Throws DecodeProblem. */
export function decodeV3(root: YamlNode, numbers: 'float64' | 'int'): unknown {
  return new V3Decoder(numbers).decodeDocument(root);
}

class V3Decoder {
  private readonly numbers: 'float64' | 'int';
  private readonly budget = new AliasBudget();
  private readonly problems: TypeProblem[] = [];
  /** While merging: the keys that are taken. */
  private taken: Set<string> | undefined;

  constructor(numbers: 'float64' | 'int') {
    this.numbers = numbers;
  }

  decodeDocument(root: YamlNode): unknown {
    this.budget.count(root);
    const value = this.decode(root);
    throwTypeProblems(this.problems);
    return value;
  }

  private decode(node: YamlNode): unknown {
    this.budget.count(node);
    switch (node.kind) {
      case 'scalar':
        return this.decodeScalar(node);
      case 'mapping': {
        const target = newMapTarget(node.entries.every(({ key }) => isStringKey(key, 'v3')));
        this.fill(node, target);
        return target.map;
      }
      case 'sequence':
        return node.items.map((item) => this.decode(item));
      case 'alias':
        return this.budget.throughAlias(node, () => this.decode(node.target));
    }
  }

  private decodeScalar(node: YamlScalar): unknown {
    if (node.tag === '' && (node.style !== 'plain' || isSurelyText(node.value))) return node.value;
    const { value, tag } = typedScalar(node);
    return tag === '!!int' && this.numbers === 'float64' ? value.n : value;
  }

  private fill(node: YamlMapping, target: MapTarget): void {
    if (this.noteDuplicates(node)) return;
    const taken = this.taken;
    this.taken = undefined;
    let mergeSource: YamlNode | undefined;
    for (const { key, value } of node.entries) {
      if (isMergeKey(key, 'v3')) mergeSource = value;
      else this.fillEntry({ key, value }, target, taken);
    }
    this.taken = taken;
    if (mergeSource !== undefined) this.merge(node, mergeSource, target);
  }

  private fillEntry({ key, value }: YamlEntry, target: MapTarget, taken: Set<string> | undefined): void {
    const resolved = this.decodeKey(key, target);
    if (resolved === undefined) return;
    if (taken !== undefined) {
      const name = identity(resolved);
      if (taken.has(name)) return;
      taken.add(name);
    }
    target.set(resolved, this.decode(value));
  }

  /** The key as the target's key type holds it; `undefined` when Go skips the entry. */
  private decodeKey(key: YamlNode, target: MapTarget): Resolved | undefined {
    this.budget.count(key);
    if (key.kind === 'alias') return this.budget.throughAlias(key, () => this.decodeKey(key.target, target));
    if (key.kind === 'scalar') return scalarKey(key, target.isStringMap);
    if (target.isStringMap) {
      this.problems.push({ line: `line ${key.line + 1}: ${notString(key)}`, offset: key.start });
      return undefined;
    }
    this.decode(key);
    throw failure(`invalid map key: ${goSyntax(key, 'v3')}`, key);
  }

  /** Notes each pair of equal keys; true when there is one. */
  private noteDuplicates({ entries }: YamlMapping): boolean {
    if (!hasDuplicates(entries)) return false;
    const names = entries.map(({ key }) => keyName(key));
    for (const [i, { key: first }] of entries.entries()) {
      for (let j = i + 1; j < entries.length; j++) {
        const { key } = entries[j] as YamlEntry;
        if (names[i] !== names[j]) continue;
        const name = quote(keyText(key));
        const line = `line ${key.line + 1}: mapping key ${name} already defined at line ${first.line + 1}`;
        this.problems.push({ line, offset: key.start });
      }
    }
    return true;
  }

  private merge(parent: YamlMapping, source: YamlNode, target: MapTarget): void {
    const outer = this.taken;
    if (outer === undefined) this.taken = this.keysOf(parent);
    for (const map of mergedMaps(source)) this.fillFrom(map, target);
    this.taken = outer;
  }

  private keysOf({ entries }: YamlMapping): Set<string> {
    const names = new Set<string>();
    const target = newMapTarget(false);
    for (const { key } of entries) {
      const resolved = this.decodeKey(key, target);
      if (resolved !== undefined) names.add(identity(resolved));
    }
    return names;
  }

  private fillFrom(source: YamlNode, target: MapTarget): void {
    this.budget.count(source);
    if (source.kind === 'mapping') this.fill(source, target);
    else if (source.kind === 'alias')
      this.budget.throughAlias(source, () => this.fillFrom(source.target, target));
  }
}

function typedScalar(node: YamlScalar): Resolved {
  try {
    return scalarValue(node, 'v3');
  } catch (error) {
    if (error instanceof ScalarProblem) throw failure(error.message, node);
    throw error;
  }
}

function scalarKey(key: YamlScalar, asText: boolean): Resolved | undefined {
  const resolved = typedScalar(key);
  if (!asText || resolved.tag === '!!str') return resolved;
  return resolved.tag === '!!null' ? undefined : { tag: '!!str', value: key.value };
}

function identity(key: Resolved): string {
  return key.tag + printKey(key);
}

function hasDuplicates(entries: readonly YamlEntry[]): boolean {
  if (entries.length < 2) return false;
  const names = new Set<string>();
  for (const { key } of entries) names.add(keyName(key));
  return names.size < entries.length;
}

/** What go-yaml v3 compares keys by: the kind of node and its text. */
function keyName(key: YamlNode): string {
  return key.kind === 'scalar' ? key.value : `\0${key.kind}${keyText(key)}`;
}

function keyText(key: YamlNode): string {
  if (key.kind === 'scalar') return key.value;
  return key.kind === 'alias' ? key.name : '';
}

function notString({ kind, tag }: YamlMapping | YamlSequence): string {
  const name = tag === '' ? (kind === 'mapping' ? '!!map' : '!!seq') : shortTag(tag);
  const text = name === '!!map' || name === '!!seq' ? name : `${name} \`\``;
  return `cannot unmarshal ${text} into string`;
}
