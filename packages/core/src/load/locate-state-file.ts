import { type Diagnosed, errorDiagnostic, type Span } from '@flotilla/diagnostics';
import { isRemoteReference } from '../environment/remote-reference.ts';
import { FetchError } from '../ports/fetcher.ts';
import { resolvePath } from '../source/paths.ts';
import type { LoadServices } from './load-services.ts';

interface LocateOptions {
  /** Directory that local paths resolve against, absolute. */
  readonly directory: string;
  /** Where the reference is written. */
  readonly span: Span | undefined;
}

/** A reference to a state file as a local path: what exists is used as it is, remote sources are fetched first. */
export async function locateStateFile(
  path: string,
  { directory, span }: LocateOptions,
  services: LoadServices,
): Promise<Diagnosed<string>> {
  const isLocal = !isRemoteReference(path) || services.files.stat(resolvePath(directory, path)) !== undefined;
  if (isLocal) return { value: path, diagnostics: [] };
  if (services.deny.has('remote')) {
    const problem = errorDiagnostic('source/remote-denied', `cannot fetch ${path}: --deny remote is active`, {
      span,
    });
    return { value: undefined, diagnostics: [problem] };
  }
  try {
    const [fetched] = await services.fetcher.fetch({ url: path, consumer: 'states' }, services.signal);
    return { value: fetched ?? path, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const referenceText = `locate: ${error.message}`;
    const problem = errorDiagnostic('source/remote-failed', error.message, { span, referenceText });
    return { value: undefined, diagnostics: [problem] };
  }
}
