import { baseNameOf, type GoValue } from '@flotilla/gocompat';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import { releaseTemplateData } from '../prepare/release-data.ts';
import { pathData, renderPath } from '../prepare/render-path.ts';
import type { Session } from '../prepare/session.ts';
import { type DescribedFailure, diagnosticsFailure } from './failures.ts';

/** What a path is for, and how Go prints what its template sees. */
const purposes = {
  'output-dir':
    'struct { OutputDir string; State state.state; Release *state.ReleaseSpec; Environment environment.Environment }',
  'output-file':
    'struct { State state.state; Release *state.ReleaseSpec; Environment *environment.Environment }',
} as const;

export interface OutputPathInput {
  readonly purpose: keyof typeof purposes;
  readonly file: DesiredStateFile;
  readonly release: DesiredRelease;
  readonly template: string;
  /** What templates of `output-dir` see as `.OutputDir`. */
  readonly outputDirectory?: string;
}

/** A path from `--output-dir-template` or `--output-file-template`: `.OutputDir`, `.State`, `.Release`, `.Environment`. */
export async function outputPath(
  session: Session,
  { purpose, file, release, template, outputDirectory = '' }: OutputPathInput,
): Promise<string | DescribedFailure> {
  const shared = releaseTemplateData(file, release).fields;
  const state = pathData('state.state', [
    ['BaseName', baseNameOf(file.absolutePath).replace(/\.[^.]*$/, '')],
    ['Path', file.name],
    ['AbsPath', file.absolutePath],
    ['AbsPathSHA1', await pathDigest(session, file)],
  ]);
  const data = pathData(purposes[purpose], [
    ...(purpose === 'output-dir' ? [['OutputDir', outputDirectory] as const] : []),
    ['State', state],
    ['Release', shared.get('Release') as GoValue],
    ['Environment', shared.get('Environment') as GoValue],
  ]);
  const { value, diagnostics } = renderPath({ name: purpose, text: template, data });
  return value ?? diagnosticsFailure(diagnostics);
}

/** First eight digits of the SHA-1 of the file's path. */
async function pathDigest(session: Session, file: DesiredStateFile): Promise<string> {
  const base = { absolute: file.baseDirectory, printed: file.printedBaseDirectory };
  const source = { name: 'path digest', text: '{{ . | sha1sum | trunc 8 }}' };
  return await session.renderer.render({ source, data: file.absolutePath, base, scope: source.name });
}
