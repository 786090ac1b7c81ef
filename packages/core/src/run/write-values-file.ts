import { errorDiagnostic } from '@flotilla/diagnostics';
import { Dict, directoryOf, emitYaml, GoError } from '@flotilla/gocompat';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { parseHelmValues } from '../environment/parse-values.ts';
import { overrideMerge } from '../merge/merge-values.ts';
import type { ValuesDocument } from '../ports/executor.ts';
import { releaseScope } from '../prepare/file-preparation.ts';
import { log, workingDirectoryOf } from '../prepare/session.ts';
import { resolvePath } from '../source/paths.ts';
import { buildRequest } from './build-request.ts';
import { caughtFailure, type DescribedFailure, diagnosticsFailure, releaseError } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { outputPath } from './output-path.ts';
import { warningHooks } from './release-hooks.ts';

const defaultTemplate = '{{.State.BaseName}}-{{.State.AbsPathSHA1}}/{{.Release.Name}}.yaml';

/** `write-values` of one file (helmfile-cli.md §5.9): the values documents of each release, merged, in a file each. */
export async function writeValuesFile(work: FileWork): Promise<void> {
  const { record } = work;
  const wanted = work.groups.flat().filter((release) => release.isInstalled);
  record.queue(wanted);
  for (const release of wanted) await writeOne(work, release);
}

async function writeOne(work: FileWork, release: DesiredRelease): Promise<void> {
  const { record } = work;
  const failure = await written(work, release);
  if (failure !== undefined) {
    record.fail(releaseError(release, failure, () => ''));
    record.finish(release, { kind: 'failed', failure: failure.failure, durationMs: 0, isUninstall: false });
    return;
  }
  await warningHooks(work, release, { event: 'cleanup', command: 'write-values' });
  record.finish(release, { kind: 'succeeded', action: 'written', durationMs: 0, version: '' });
}

/** Why the file of a release could not be written, if it could not. */
async function written(work: FileWork, release: DesiredRelease): Promise<DescribedFailure | undefined> {
  const { session, file, prepared } = work;
  const scope = releaseScope(session, prepared, release);
  const chart = { reference: release.spec.chart, isLocal: false, declared: release.spec.chart };
  const request = await buildRequest(session, { verb: 'lint', scope }, chart);
  if ('failure' in request) return request;
  const given = session.options.outputFileTemplate ?? '';
  const template = given === '' ? defaultTemplate : given;
  const path = await outputPath(session, { purpose: 'output-file', file, release, template });
  if (typeof path !== 'string') return path;
  const text = merged(release, request.values);
  if (typeof text !== 'string') return text;
  const absolute = resolvePath(workingDirectoryOf(session, file), path);
  log(session, 'info', `Writing values file ${path}`);
  try {
    session.ports.files.makeDirectory(directoryOf(absolute));
    session.ports.files.write(absolute, text, { mode: 0o600 });
    return undefined;
  } catch (error) {
    return caughtFailure(error, { directory: workingDirectoryOf(session, file) });
  }
}

/** Later documents win, maps merge, lists are replaced. */
function merged(release: DesiredRelease, documents: readonly ValuesDocument[]): string | DescribedFailure {
  let result = new Dict();
  for (const { origin, content } of documents) {
    try {
      result = overrideMerge(result, parseHelmValues(content));
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      const text = `unmarshalling yaml ${origin}: ${error.message}`;
      const span = release.spanOf('values') ?? release.spanOf();
      const options = { span, referenceText: text };
      return diagnosticsFailure([errorDiagnostic('environment/values-failed', text, options)]);
    }
  }
  return emitYaml(result, { dialect: 'v3' });
}
