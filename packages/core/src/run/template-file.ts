import type { DesiredRelease } from '../desired/desired-state.ts';
import { releaseScope } from '../prepare/file-preparation.ts';
import { callContext, log, logOutput, printOutput, workingDirectoryOf } from '../prepare/session.ts';
import { resolvePath } from '../source/paths.ts';
import { buildRequest } from './build-request.ts';
import {
  caughtFailure,
  type DescribedFailure,
  diagnosticsFailure,
  failedOutput,
  releaseError,
} from './failures.ts';
import type { FileWork } from './file-run.ts';
import { inOrder } from './in-order.ts';
import { outputPath } from './output-path.ts';
import { warningHooks } from './release-hooks.ts';

/** Renders of one file at the same time, when nothing else is said: a process each, and more gains nothing. */
const defaultRenders = 4;

/**
 * `template` of one file (helmfile-cli.md §5.7): manifests in plan order. Renders overlap; what is printed, and the first error,
 * are those of one render after the other.
 */
export async function templateFile(work: FileWork): Promise<void> {
  const { record, session } = work;
  const wanted = work.groups.flat().filter((release) => release.isInstalled);
  record.queue(wanted);
  const started = session.ports.clock.now();
  const limit = session.options.concurrency ?? 0;
  await inOrder(
    wanted,
    { limit: limit > 0 ? limit : defaultRenders, work: (release) => render(work, release) },
    async (release, result) => {
      const durationMs = session.ports.clock.now() - started;
      const chart = work.prepared.charts.get(release)?.reference ?? release.spec.chart;
      log(session, 'info', `Templating release=${release.key.name}, chart=${chart}`);
      if ('failure' in result) {
        printOutput(session, failedOutput(result));
        record.fail(releaseError(release, result, () => ''));
        record.finish(release, { kind: 'failed', failure: result.failure, durationMs, isUninstall: false });
        await warningHooks(work, release, { event: 'cleanup', command: 'template' });
        return 'stop';
      }
      if (result.directory === '') printOutput(session, result.text);
      else logOutput(session, wroteOnce(result.text));
      record.finish(release, { kind: 'succeeded', action: 'templated', durationMs, version: '' });
      await warningHooks(work, release, { event: 'cleanup', command: 'template' });
      return 'continue';
    },
  );
  for (const release of wanted)
    record.finish(release, { kind: 'skipped', reason: 'an earlier release failed' });
}

interface Rendered {
  readonly text: string;
  /** Where the manifests went; empty when they are the text. */
  readonly directory: string;
}

async function render(work: FileWork, release: DesiredRelease): Promise<Rendered | DescribedFailure> {
  const { session, file, prepared } = work;
  const chart = prepared.charts.get(release);
  if (chart === undefined) return diagnosticsFailure([]);
  const scope = releaseScope(session, prepared, release);
  const request = await buildRequest(session, { verb: 'template', scope }, chart);
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
    return caughtFailure(error, workingDirectoryOf(session, file));
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
