import type { MapRecorder } from '../output/map-recorder.ts';
import type { TemplateCall } from '../template-call.ts';
import type { Namespace } from './namespace.ts';

/** What a lookup of an absent map key gives: nothing (`default`), the zero value of the element type, or an error. */
export type MissingKey = 'default' | 'zero' | 'error';

/** State of one `execute`, shared by all templates that run below it. */
export interface Run {
  /** Output so far of the innermost running `include`, or of the whole. */
  out: string;
  namespace: Namespace;
  depth: number;
  /** Makes the error at the innermost `{{template}}` or call that exhausted the JS stack, when there is room again. */
  overflow: ((cause: unknown) => Error) | undefined;
  recorder: MapRecorder | undefined;
  readonly missingKey: MissingKey;
  /** A field of a nil value is nothing, and no error, whatever `missingKey` says. */
  readonly isLenient: boolean;
  /** Printed for nil and for no value. */
  readonly noValue: string;
  readonly maxDepth: number;
  readonly maxOutput: number;
  readonly call: TemplateCall;
}

/** One running template body: `$`, dot and the variables. */
export class Frame {
  readonly run: Run;
  root: unknown;
  dot: unknown;
  readonly slots: unknown[];

  constructor(run: Run, data: unknown, slots: unknown[]) {
    this.run = run;
    this.root = data;
    this.dot = data;
    this.slots = slots;
  }
}

/** A compiled expression. `null` is a nil interface, `undefined` is no value. */
export type Evaluate = (frame: Frame) => unknown;

/** How a statement ended. */
export const flow = { next: 0, break: 1, continue: 2 } as const;

export type Flow = (typeof flow)[keyof typeof flow];

/** A compiled statement; writes to the run's output. */
export type Execute = (frame: Frame) => Flow;
