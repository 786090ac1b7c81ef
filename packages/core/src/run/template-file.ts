import type { DesiredRelease } from '../desired/desired-state.ts';
import { callContext, logOutput, printOutput, workingDirectoryOf } from '../prepare/session.ts';
import { resolvePath } from '../source/paths.ts';
import { requestFor } from './build-request.ts';
import { caughtFailure, type DescribedFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { outputPath } from './output-path.ts';
import { printInOrder } from './print-in-order.ts';

/** `template` of one file (helmfile-cli.md §5.7): manifests in plan order. */
export async function templateFile(work: FileWork): Promise<void> {
  const { session } = work;
  await printInOrder(work, {
    command: 'template',
    title: 'Templating',
    action: 'templated',
    work: (release) => render(work, release),
    print: ({ text, directory }) => {
      if (directory === '') printOutput(session, text);
      else logOutput(session, wroteOnce(text));
    },
  });
}

interface Rendered {
  readonly text: string;
  /** Where the manifests went; empty when they are the text. */
  readonly directory: string;
}

async function render(work: FileWork, release: DesiredRelease): Promise<Rendered | DescribedFailure> {
  const { session, file } = work;
  const request = await requestFor(work, release, 'template');
  if ('failure' in request) return request;
  const path = await outputDirectoryOf(work, release);
  if (typeof path !== 'string') return path;
  const options = path === '' ? request.options : { ...request.options, outputDirectory: path };
  try {
    if (path !== '') session.ports.files.makeDirectory(resolvePath(workingDirectoryOf(session, file), path));
    const context = callContext(session, file, release);
    const { text } = await session.executorFor(file).template({ ...request, options }, context);
    return { text, directory: path };
  } catch (error) {
    return caughtFailure(error, { directory: workingDirectoryOf(session, file), request });
  }
}

const defaultTemplate = '{{.OutputDir}}/{{.State.BaseName}}-{{.State.AbsPathSHA1}}-{{.Release.Name}}';

/** Where the manifests of a release are written; empty when they are printed. */
async function outputDirectoryOf(
  { session, file }: FileWork,
  release: DesiredRelease,
): Promise<string | DescribedFailure> {
  const { outputDirectory = '', outputDirectoryTemplate = '' } = session.options;
  if (outputDirectory === '' && outputDirectoryTemplate === '') return '';
  const template = outputDirectoryTemplate === '' ? defaultTemplate : outputDirectoryTemplate;
  const trimmed = outputDirectory.replace(/\/+$/, '');
  const purpose = 'output-dir';
  return await outputPath(session, { purpose, file, release, template, outputDirectory: trimmed });
}

/** helm names a file once for each document in it; once is enough. */
function wroteOnce(text: string): string {
  const seen = new Set<string>();
  const lines = text.split('\n').filter((line) => {
    if (!line.startsWith('wrote ')) return true;
    const isNew = !seen.has(line);
    seen.add(line);
    return isNew;
  });
  return lines.join('\n');
}
