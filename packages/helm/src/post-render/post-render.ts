/**
 * Post-renderers: something of the user's that changes what was rendered before it is sorted. Comes in: rendered files and
 * a function from text to text. Goes out: files. Not its business: what the function does.
 */
import { GoError, wrapGoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import type { RenderedTemplates } from '../engine/render-chart.ts';
import { RenderError } from '../engine/render-error.ts';
import { mergeFiles, splitStream } from './manifest-stream.ts';

/** Manifests in, manifests out. */
export type PostRender = (manifests: string) => string | Promise<string>;

/** What was rendered, changed by `run` (Helm 4.3.1, documents and hooks together). Rejects with RenderError. */
export async function postRendered(
  rendered: RenderedTemplates,
  run: PostRender,
  compat: HelmCompat = 'v4',
): Promise<RenderedTemplates> {
  const merged = within('error merging manifests: ', () => mergeFiles(rendered.files, compat));
  const changed = await runOver(merged, run);
  const files = within('error while parsing post rendered output: ', () => splitStream(changed));
  return { ...rendered, files };
}

async function runOver(manifests: string, run: PostRender): Promise<string> {
  try {
    return await run(manifests);
  } catch (error) {
    throw renderError('error while running post render on files: ', error);
  }
}

function within<T>(context: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw renderError(context, error);
  }
}

function renderError(context: string, error: unknown): unknown {
  const wrapped = wrapGoError(context, error);
  return wrapped instanceof GoError ? new RenderError(wrapped.message, { cause: error }) : wrapped;
}
