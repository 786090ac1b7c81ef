/** Methods of Go's own types that templates can call: `time.Time` and `time.Duration`. */
import type { FunctionTable } from '../function-table.ts';

export const valueMethods: ReadonlyMap<string, FunctionTable> = new Map();
