import { DiagnosticsError } from '@flotilla/diagnostics';
import type { GoValue } from '@flotilla/gocompat';
import { resolvePath } from '../source/paths.ts';
import { releaseTemplateData } from './release-data.ts';
import type { ReleaseScope } from './release-scope.ts';
import { pathData, renderPath } from './render-path.ts';
import { type Session, workingDirectoryOf } from './session.ts';

/** Where charts go that are downloaded instead of being left to helm. */
export interface DownloadPlace {
  /** Absolute. */
  readonly directory: string;
  /** As the user gave it. */
  readonly printed: string;
  /** The user wants every chart there, local ones and those of registries as well. */
  readonly takesAll: boolean;
}

export interface DownloadPath {
  readonly absolute: string;
  /** As the user would write it. */
  readonly printed: string;
}

const templateType =
  'struct { ChartName string; OutputDir string; Release state.ReleaseSpec; Environment environment.Environment }';

/**
 * Where the chart of a release goes (helmfile-cli.md §8.3): by namespace, context, name, chart and version, or where
 * `--output-dir-template` says. Throws DiagnosticsError for a template that fails.
 */
export function downloadPath(
  session: Session,
  { release, file }: ReleaseScope,
  { place, chartName }: { readonly place: DownloadPlace; readonly chartName: string },
): DownloadPath {
  const template = session.options.outputDirectoryTemplate ?? '';
  if (template === '' || !place.takesAll) {
    const { key, spec } = release;
    const parts = [key.namespace, key.kubeContext, key.name, chartName, spec.version ?? ''];
    const below = [...parts.slice(0, -1), parts.at(-1) || 'latest'].filter((each) => each !== '').join('/');
    return { absolute: `${place.directory}/${below}`, printed: `${place.printed}/${below}` };
  }
  const shared = releaseTemplateData(file, release).fields;
  const data = pathData(templateType, [
    ['ChartName', chartName],
    ['OutputDir', place.printed],
    ['Release', shared.get('Release') as GoValue],
    ['Environment', shared.get('Environment') as GoValue],
  ]);
  const { value, diagnostics } = renderPath({ name: 'output-dir-template', text: template, data });
  if (value === undefined) throw new DiagnosticsError(diagnostics);
  return { absolute: resolvePath(workingDirectoryOf(session, file), value), printed: value };
}
