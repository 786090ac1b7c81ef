import { Dict, type GoMethod, GoStruct, type GoValue } from '@flotilla/gocompat';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import { releaseTemplateData } from '../prepare/release-data.ts';
import type { Session } from '../prepare/session.ts';
import { baseNameOf } from '../source/paths.ts';

const noMethods: ReadonlyMap<string, GoMethod> = new Map();

export interface OutputPathInput {
  readonly file: DesiredStateFile;
  readonly release: DesiredRelease;
  readonly template: string;
  readonly outputDirectory: string;
}

/** A path from `--output-dir-template` or `--output-file-template`: `.OutputDir`, `.State`, `.Release`, `.Environment`. */
export async function outputPath(session: Session, input: OutputPathInput): Promise<string> {
  const { file, release, template, outputDirectory } = input;
  const shared = releaseTemplateData(file, release).fields;
  const baseName = baseNameOf(file.absolutePath).replace(/\.[^.]*$/, '');
  const data = new Dict();
  data['OutputDir'] = outputDirectory;
  data['Release'] = shared.get('Release') as GoValue;
  data['Environment'] = shared.get('Environment') as GoValue;
  data['State'] = new GoStruct({
    goType: 'state.OutputFileState',
    isPointer: false,
    methods: noMethods,
    fields: new Map([
      ['BaseName', baseName],
      ['Path', file.name],
      ['AbsPath', file.absolutePath],
      ['AbsPathSHA1', await pathDigest(session, file)],
    ]),
  });
  return await render(session, file, { name: 'output path', text: template, data });
}

/** First eight digits of the SHA-1 of the file's path. */
function pathDigest(session: Session, file: DesiredStateFile): Promise<string> {
  const text = '{{ . | sha1sum | trunc 8 }}';
  return render(session, file, { name: 'path digest', text, data: file.absolutePath });
}

async function render(
  session: Session,
  file: DesiredStateFile,
  { name, text, data }: { readonly name: string; readonly text: string; readonly data: GoValue },
): Promise<string> {
  const base = { absolute: file.baseDirectory, printed: file.printedBaseDirectory };
  return await session.renderer.render({ source: { name, text }, data, base, scope: name });
}
