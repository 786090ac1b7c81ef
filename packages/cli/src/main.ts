import { processHost } from './host.ts';
import { run } from './run.ts';

/** The bins `flotilla` and `helmfile`. */
const host = processHost();
void run(host)
  .catch(async (error: unknown) => (await import('./render/report-bug.ts')).reportBug(host, error))
  .then((code) => {
    process.exitCode = code;
  });
