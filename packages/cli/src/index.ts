export type * from '@flotilla/core';
export { createInterruption, GracefulStop } from '@flotilla/core';
export { type Diagnostic, DiagnosticsError, formatDiagnostic } from '@flotilla/diagnostics';
export { type Host, processHost } from './host.ts';
export {
  type OpenedFlotilla,
  type OpenOptions,
  open,
  type Plan,
  type RenderedManifests,
  type RunOptions,
} from './open.ts';
export type { PostRenderFunctions } from './post-renderers.ts';
export { run } from './run.ts';
