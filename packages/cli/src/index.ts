export { type Host, processHost } from './host.ts';
export { run } from './run.ts';
