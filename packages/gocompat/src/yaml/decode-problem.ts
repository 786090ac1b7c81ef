import type { YamlAlias, YamlMapping, YamlNode } from './node.ts';
import { placeAt, YamlError } from './yaml-error.ts';

/** A node that cannot become a value. `message` is go-yaml's text without its `yaml: `. */
export class DecodeProblem extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }

  toYamlError(text: string): YamlError {
    return new YamlError(this.message, placeAt(text, this.offset));
  }
}

/** A problem that ends decoding at once. */
export function failure(message: string, node: YamlNode): DecodeProblem {
  return new DecodeProblem(`yaml: ${message}`, node.start);
}

/** One line of the list that go-yaml prints as `unmarshal errors`. */
export interface TypeProblem {
  readonly line: string;
  readonly offset: number;
}

/** Throws the collected problems, if there are any, as go-yaml words them. */
export function throwTypeProblems(problems: readonly TypeProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const lines = problems.map((problem) => problem.line).join('\n  ');
  throw new DecodeProblem(`yaml: unmarshal errors:\n  ${lines}`, first.offset);
}

/** The maps that a merge key names, in the order of the text. Throws when its value names something else. */
export function mergedMaps(node: YamlNode): readonly (YamlMapping | YamlAlias)[] {
  if (isMap(node)) return [node];
  if (node.kind !== 'sequence') throw wantsMap(node);
  return node.items.map((item) => {
    if (!isMap(item)) throw wantsMap(item);
    return item;
  });
}

function isMap(node: YamlNode): node is YamlMapping | YamlAlias {
  return node.kind === 'mapping' || (node.kind === 'alias' && node.target.kind === 'mapping');
}

function wantsMap(node: YamlNode): DecodeProblem {
  return failure('map merge requires map or sequence of maps as the value', node);
}
