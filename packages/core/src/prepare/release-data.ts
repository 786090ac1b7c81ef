import type { Source } from '@flotilla/diagnostics';
import type { GoStruct } from '@flotilla/gocompat';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import { releaseData } from '../template-context/template-data.ts';
import type { Session } from './session.ts';

/** R: what templates of a release's values, patches and arguments see. */
export function releaseTemplateData(file: DesiredStateFile, release: DesiredRelease): GoStruct {
  const { key, spec, labels } = release;
  const { chart, version = '' } = spec;
  return releaseData({
    environment: file.environment,
    values: file.values,
    overrides: file.overrides,
    release: { ...key, labels, chart, version },
  });
}

export interface ReleaseTemplate {
  readonly file: DesiredStateFile;
  readonly release: DesiredRelease;
  readonly source: Source;
  /** Directory template functions work in; the state file's by default. */
  readonly base?: { readonly absolute: string; readonly printed: string };
}

/** Renders a text with R. Rejects with TemplateError or GoError. */
export async function renderForRelease(session: Session, template: ReleaseTemplate): Promise<string> {
  const { file, release, source } = template;
  const base = template.base ?? { absolute: file.baseDirectory, printed: file.printedBaseDirectory };
  const data = releaseTemplateData(file, release);
  return await session.renderer.render({ source, data, base, scope: `${release.id} ${source.name}` });
}
