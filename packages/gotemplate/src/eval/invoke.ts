import type { CompiledTemplate } from './compiled-template.ts';
import { Frame, type Run } from './frame.ts';

/** Runs a template with `$` and dot set to `data`, writing to the run's output. */
export function invoke(run: Run, template: CompiledTemplate, data: unknown): void {
  const body = run.recorder === undefined ? template.body : template.mappedBody;
  run.depth++;
  body.execute(new Frame(run, data, body.newSlots()));
  run.depth--;
}
