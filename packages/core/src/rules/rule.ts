import type { Diagnostic } from '@flotilla/diagnostics';
import type { StateSpec } from '../spec/state-spec.ts';

/** What is wrong with a spec beyond the types of its fields. Rules report; they never throw and never change anything. */
export type Rule = (spec: StateSpec, report: (diagnostic: Diagnostic) => void) => void;
