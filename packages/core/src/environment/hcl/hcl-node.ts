import { GoError } from '@flotilla/gocompat';

/** A place in the text of a file. */
export interface HclRange {
  readonly start: number;
  readonly end: number;
}

/** Expressions of HCL's native syntax. */
export type HclExpression = HclRange &
  (
    | { readonly kind: 'literal'; readonly value: unknown }
    | { readonly kind: 'template'; readonly parts: readonly HclTemplatePart[] }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'attribute'; readonly of: HclExpression; readonly name: string }
    | { readonly kind: 'index'; readonly of: HclExpression; readonly key: HclExpression }
    /** `of.*` and `of[*]`; `each` is applied to every element, bound to `splatItem`. */
    | { readonly kind: 'splat'; readonly of: HclExpression; readonly each: HclExpression }
    | {
        readonly kind: 'call';
        readonly name: string;
        readonly args: readonly HclExpression[];
        readonly spreads: boolean;
      }
    | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: HclExpression }
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly left: HclExpression;
        readonly right: HclExpression;
      }
    | {
        readonly kind: 'conditional';
        readonly test: HclExpression;
        readonly yes: HclExpression;
        readonly no: HclExpression;
      }
    | { readonly kind: 'tuple'; readonly items: readonly HclExpression[] }
    | { readonly kind: 'object'; readonly entries: readonly HclEntry[] }
    | HclFor
  );

export interface HclEntry {
  readonly key: HclExpression;
  readonly value: HclExpression;
}

/** `[for k, v in over : value if test]` and `{for k, v in over : key => value...}`. */
export interface HclFor {
  readonly kind: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly over: HclExpression;
  /** Set for an object. */
  readonly key: HclExpression | undefined;
  readonly value: HclExpression;
  readonly test: HclExpression | undefined;
  readonly groups: boolean;
}

export type HclTemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly expression: HclExpression }
  | {
      readonly kind: 'if';
      readonly test: HclExpression;
      readonly yes: readonly HclTemplatePart[];
      readonly no: readonly HclTemplatePart[];
    }
  | {
      readonly kind: 'for';
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly over: HclExpression;
      readonly body: readonly HclTemplatePart[];
    };

/** The variable a splat's `each` reads. */
export const splatItem = '*';

export interface HclAttribute extends HclRange {
  readonly name: string;
  readonly value: HclExpression;
}

export interface HclBlock extends HclRange {
  readonly type: string;
  readonly attributes: readonly HclAttribute[];
}

/** What is wrong, and where. `message` is HCL's summary and detail. */
export class HclError extends GoError {
  readonly range: HclRange;

  constructor(summary: string, detail: string, range: HclRange) {
    super(`${summary}; ${detail}`);
    this.range = range;
  }
}
