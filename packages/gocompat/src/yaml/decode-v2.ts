/**
 * Nodes to values as sigs.k8s.io/yaml does it: go-yaml v2 into maps with any key, then JSON. Keys become text, every
 * number a float64 (or a GoInt, when asked), the last duplicate wins, a merge key overrides keys before it. Problems of
 * the JSON half are reported only when the YAML half has none, as in Go.
 */
import { formatFloat, formatShortestFloat } from '../strconv/format-float.ts';
import { toValidText } from '../text.ts';
import { Dict } from '../value/dict.ts';
import { AliasBudget } from './alias-budget.ts';
import { DecodeProblem, failure, mergedMaps, type TypeProblem, throwTypeProblems } from './decode-problem.ts';
import { goSyntax } from './go-syntax.ts';
import { isMergeKey } from './merge-key.ts';
import type { YamlMapping, YamlNode, YamlScalar } from './node.ts';
import { isSurelyText } from './resolve.ts';
import { ScalarProblem, scalarValue } from './scalar-value.ts';

interface V2Options {
  /** Integers as float64 (what JSON decoding into `any` gives) or as Go `int`s. */
  readonly numbers: 'float64' | 'int';
  /** Repeated keys are errors, as in `UnmarshalStrict`. */
  readonly isStrict: boolean;
}

/** The value of a document; see the file's head. Throws DecodeProblem. */
export function decodeV2(root: YamlNode, options: V2Options): unknown {
  const decoder = new V2Decoder(options);
  return decoder.decodeDocument(root);
}

/** A map being filled; `seen` tells keys apart as Go does, before they become text. */
interface Target {
  readonly dict: Dict;
  readonly seen: Set<string> | undefined;
}

class V2Decoder {
  private readonly options: V2Options;
  private readonly budget = new AliasBudget();
  private readonly problems: TypeProblem[] = [];
  /** The first problem of the conversion to JSON. */
  private jsonProblem: (() => DecodeProblem) | undefined;

  constructor(options: V2Options) {
    this.options = options;
  }

  decodeDocument(root: YamlNode): unknown {
    this.budget.count(root);
    const value = this.decode(root);
    throwTypeProblems(this.problems);
    if (this.jsonProblem !== undefined) throw this.jsonProblem();
    return value;
  }

  private decode(node: YamlNode): unknown {
    this.budget.count(node);
    switch (node.kind) {
      case 'scalar':
        return this.decodeScalar(node);
      case 'mapping': {
        const target = this.newTarget();
        this.fill(node, target);
        return target.dict;
      }
      case 'sequence':
        return node.items.map((item) => this.decode(item));
      case 'alias':
        return this.budget.throughAlias(node, () => this.decode(node.target));
    }
  }

  private newTarget(): Target {
    return { dict: new Dict(), seen: this.options.isStrict ? new Set() : undefined };
  }

  private fill(node: YamlMapping, target: Target): void {
    for (const { key, value } of node.entries) {
      if (isMergeKey(key, 'v2')) {
        for (const source of mergedMaps(value).toReversed()) this.fillFrom(source, target);
        continue;
      }
      const text = this.keyText(key, value);
      const decoded = this.decode(value);
      if (target.seen !== undefined && !this.isNewKey(key, value, target.seen)) continue;
      target.dict[text] = decoded;
    }
  }

  private fillFrom(source: YamlNode, target: Target): void {
    this.budget.count(source);
    if (source.kind === 'mapping') this.fill(source, target);
    else if (source.kind === 'alias')
      this.budget.throughAlias(source, () => this.fillFrom(source.target, target));
  }

  private isNewKey(key: YamlNode, value: YamlNode, seen: Set<string>): boolean {
    const printed = goSyntax(key, 'v2');
    if (seen.has(printed)) {
      const line = `line ${value.line + 1}: key ${printed} already set in map`;
      this.problems.push({ line, offset: key.start });
      return false;
    }
    seen.add(printed);
    return true;
  }

  private decodeScalar(node: YamlScalar): unknown {
    if (node.tag === '' && (node.style !== 'plain' || isSurelyText(node.value))) return node.value;
    const resolved = typedScalar(node);
    switch (resolved.tag) {
      case '!!int':
        return this.options.numbers === 'int' ? resolved.value : resolved.value.n;
      case '!!float':
        if (!Number.isFinite(resolved.value)) {
          const printed = formatShortestFloat(resolved.value);
          this.noteJsonProblem(() => `json: unsupported value: ${printed}`, node);
        }
        return resolved.value;
      case '!!timestamp':
        return node.value;
      case '!!str':
        return toValidText(resolved.value);
      default:
        return resolved.value;
    }
  }

  private keyText(key: YamlNode, value: YamlNode): string {
    this.budget.count(key);
    switch (key.kind) {
      case 'scalar':
        return this.scalarKeyText(key, value);
      case 'alias':
        return this.budget.throughAlias(key, () => this.keyText(key.target, value));
      default:
        this.decode(key);
        throw failure(`invalid map key: ${goSyntax(key, 'v2')}`, key);
    }
  }

  private scalarKeyText(key: YamlScalar, value: YamlNode): string {
    if (key.tag === '' && (key.style !== 'plain' || isSurelyText(key.value))) return key.value;
    const resolved = typedScalar(key);
    switch (resolved.tag) {
      case '!!bool':
        return String(resolved.value);
      case '!!float':
        return floatKey(resolved.value);
      case '!!int':
        if (resolved.value.kind === 'uint64') this.noteKeyProblem('uint64', key, value);
        return resolved.value.toString();
      case '!!null':
        this.noteKeyProblem('%!s(<nil>)', key, value);
        return '';
      case '!!str':
        return toValidText(resolved.value);
      case '!!timestamp':
        return key.value;
    }
  }

  private noteKeyProblem(type: string, key: YamlNode, value: YamlNode): void {
    this.noteJsonProblem(() => {
      const printed = `key: ${goSyntax(key, 'v2')}, value: ${goSyntax(value, 'v2')}`;
      return `unsupported map key of type: ${type}, ${printed}`;
    }, key);
  }

  /** `describe` may print nodes that are not decoded yet, so it waits until all are. */
  private noteJsonProblem(describe: () => string, node: YamlNode): void {
    this.jsonProblem ??= () => new DecodeProblem(describe(), node.start);
  }
}

function typedScalar(node: YamlScalar): ReturnType<typeof scalarValue> {
  try {
    return scalarValue(node, 'v2');
  } catch (error) {
    if (error instanceof ScalarProblem) throw failure(error.message, node);
    throw error;
  }
}

/** sigs.k8s.io/yaml prints float keys as float32. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = formatFloat(value, 'g', -1, 32);
  if (text === '+Inf') return '.inf';
  return text === '-Inf' ? '-.inf' : text;
}
