import { type GoMethod, GoStruct, type GoValue } from '@flotilla/gocompat';
import { builtinFunctions, TemplateSet } from '@flotilla/gotemplate';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import { releaseTemplateData } from '../prepare/release-data.ts';
import type { Session } from '../prepare/session.ts';
import { baseNameOf } from '../source/paths.ts';
import { isRenderError, templateDiagnostic } from '../template-context/template-diagnostic.ts';
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

/**
 * A path from `--output-dir-template` or `--output-file-template`: plain Go templates that see `.OutputDir`, `.State`, `.Release`
 * and `.Environment`.
 */
export async function outputPath(
  session: Session,
  input: OutputPathInput,
): Promise<string | DescribedFailure> {
  const { purpose, template } = input;
  const data = pathData(input, await pathDigest(session, input.file));
  const set = new TemplateSet({ functions: builtinFunctions });
  const steps = [
    {
      wrap: parseText(input),
      run: () => set.parse(purpose, { name: `--${purpose}-template`, text: template }),
    },
    {
      wrap: (text: string) => `executing ${purpose} template: ${text}`,
      run: () => set.execute(purpose, data),
    },
  ];
  let path = '';
  for (const { wrap, run } of steps) {
    try {
      path = run() ?? '';
    } catch (error) {
      if (!isRenderError(error)) throw error;
      return diagnosticsFailure([templateDiagnostic(error, wrap)]);
    }
  }
  return path;
}

/** Helmfile keeps the reason to itself for folders. */
function parseText({ purpose, template }: OutputPathInput): (text: string) => string {
  return purpose === 'output-dir'
    ? () => `parsing ${purpose} template`
    : (text) => `parsing ${purpose} template ${JSON.stringify(template)}: ${text}`;
}

function pathData({ purpose, file, release, outputDirectory }: OutputPathInput, digest: string): GoStruct {
  const shared = releaseTemplateData(file, release).fields;
  const state = struct('state.state', [
    ['BaseName', baseNameOf(file.absolutePath).replace(/\.[^.]*$/, '')],
    ['Path', file.name],
    ['AbsPath', file.absolutePath],
    ['AbsPathSHA1', digest],
  ]);
  return struct(purposes[purpose], [
    ...(purpose === 'output-dir' ? [['OutputDir', outputDirectory ?? ''] as const] : []),
    ['State', state],
    ['Release', shared.get('Release') as GoValue],
    ['Environment', shared.get('Environment') as GoValue],
  ]);
}

const noMethods: ReadonlyMap<string, GoMethod> = new Map();

function struct(goType: string, fields: readonly (readonly [string, GoValue])[]): GoStruct {
  return new GoStruct({ goType, isPointer: false, methods: noMethods, fields: new Map(fields) });
}

/** First eight digits of the SHA-1 of the file's path. */
async function pathDigest(session: Session, file: DesiredStateFile): Promise<string> {
  const base = { absolute: file.baseDirectory, printed: file.printedBaseDirectory };
  const source = { name: 'path digest', text: '{{ . | sha1sum | trunc 8 }}' };
  return await session.renderer.render({ source, data: file.absolutePath, base, scope: source.name });
}
