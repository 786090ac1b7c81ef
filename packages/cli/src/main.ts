import { processHost } from './host.ts';
import { run } from './run.ts';

/** The bins `flotilla` and `helmfile`. */
void run(processHost()).then((code) => {
  process.exitCode = code;
});
