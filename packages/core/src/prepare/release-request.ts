import { type Diagnosed, type Diagnostic, errorDiagnostic, hasErrors } from '@flotilla/diagnostics';
import { decodeBytes, GoError } from '@flotilla/gocompat';
import { printedPath } from '../environment/values-files.ts';
import type {
  HelmOptions,
  PreparedChart,
  ReleaseRequest,
  SetValue,
  ValuesDocument,
} from '../ports/executor.ts';
import { resolvePath } from '../source/paths.ts';
import type { SetValueSpec } from '../spec/release-spec.ts';
import { isRenderError, templateDiagnostic } from '../template-context/template-diagnostic.ts';
import { extraArgs, verbArgs } from './extra-args.ts';
import {
  type DiffRenderScope,
  diffRenderOptions,
  lintOptions,
  templateOptions,
  upgradeOptions,
} from './helm-options.ts';
import { optionProblems } from './option-problems.ts';
import { renderForRelease } from './release-data.ts';
import { defaultsOf, type ReleaseScope } from './release-scope.ts';
import { expandSecrets } from './secret-references.ts';
import { type Session, workingDirectoryOf } from './session.ts';
import { environmentValues, setStringValues, setValues, UnsetVariables } from './set-values.ts';
import { valuesDocuments } from './values-documents.ts';

/**
 * One release as the executor is asked for it. In: a release with its scope and its chart. Out: a request with values, set
 * values and options, or the problems that stand in its way.
 */

export type RequestPurpose =
  | { readonly verb: 'upgrade' | 'template' | 'lint'; readonly scope: ReleaseScope }
  | { readonly verb: 'diff'; readonly scope: DiffRenderScope };

/** Assembles the request; the parts are independent, so all their problems come together. */
export async function releaseRequest(
  session: Session,
  purpose: RequestPurpose,
  chart: PreparedChart,
): Promise<Diagnosed<ReleaseRequest>> {
  const { scope } = purpose;
  const [values, set, postRendererArgs] = await Promise.all([
    valuesDocuments(session, scope.file, scope.release),
    releaseSetValues(session, scope),
    renderedPostRendererArgs(session, scope),
  ]);
  const given = commandLineValues(session, purpose);
  const problems = purpose.verb === 'upgrade' ? optionProblems(scope) : [];
  const diagnostics = [
    ...problems,
    ...values.diagnostics,
    ...set.diagnostics,
    ...given.diagnostics,
    ...postRendererArgs.diagnostics,
  ];
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const options = optionsFor(purpose);
  const defaultArgs = postRendererArgs.value;
  const value: ReleaseRequest = {
    key: scope.release.key,
    chart,
    values: [...(values.value ?? []), ...(given.value ?? [])],
    set: [...(set.value ?? []), ...givenSet(session)],
    options: defaultArgs === undefined ? options : { ...options, postRendererArgs: defaultArgs },
    commandArgs: commandArgs(purpose),
    extraArgs: extraArgs(session.options.args, defaultsOf(scope).args),
  };
  return { value, diagnostics };
}

function optionsFor(purpose: RequestPurpose): HelmOptions {
  switch (purpose.verb) {
    case 'upgrade':
      return upgradeOptions(purpose.scope);
    case 'template':
      return templateOptions(purpose.scope);
    case 'lint':
      return lintOptions(purpose.scope);
    case 'diff':
      return diffRenderOptions(purpose.scope);
  }
}

function commandArgs(purpose: RequestPurpose): readonly string[] {
  const { options } = purpose.scope;
  const defaults = defaultsOf(purpose.scope);
  switch (purpose.verb) {
    case 'upgrade':
      return verbArgs(options.syncArgs, defaults.syncArgs);
    case 'template':
      return verbArgs(options.templateArgs, defaults.templateArgs);
    case 'lint':
    case 'diff':
      return [];
  }
}

/** `set`, `setString` and `env`, references expanded. */
async function releaseSetValues(
  session: Session,
  { release, file }: ReleaseScope,
): Promise<Diagnosed<readonly SetValue[]>> {
  const base = { absolute: file.baseDirectory, printed: file.printedBaseDirectory };
  try {
    const set = await expandItems(session, release.spec.set ?? []);
    const strings = await expandItems(session, release.spec.setString ?? []);
    const value = [
      ...setValues(set, (path) => printedPath(path, base)),
      ...setStringValues(strings),
      ...environmentValues(release.spec.env ?? [], session.ports.environment),
    ];
    return { value, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    const span = release.spanOf('set') ?? release.spanOf('env') ?? release.spanOf();
    const isUnset = error instanceof UnsetVariables;
    const prefix = `Failed to render set value entry in ${file.name} for release ${release.key.name}: `;
    const referenceText = isUnset ? error.message : prefix + error.message;
    return {
      value: undefined,
      diagnostics: [errorDiagnostic('environment/values-failed', error.message, { span, referenceText })],
    };
  }
}

async function expandItems(
  session: Session,
  items: readonly SetValueSpec[],
): Promise<readonly SetValueSpec[]> {
  return await Promise.all(
    items.map(async (item) => {
      const value = await expandSecrets(session, [item.value ?? '', ...(item.values ?? [])]);
      const [text, ...values] = value.value as readonly [string, ...never[]];
      return { ...item, value: text, values };
    }),
  );
}

/** `--values` of the command line: read now, so that a missing one is known before helm runs. */
function commandLineValues(
  session: Session,
  { verb, scope: { file, options } }: RequestPurpose,
): Diagnosed<readonly ValuesDocument[]> {
  const directory = workingDirectoryOf(session, file);
  const diagnostics: Diagnostic[] = [];
  const value: ValuesDocument[] = [];
  for (const given of options.values ?? []) {
    const path = resolvePath(directory, given);
    if (session.ports.files.stat(path)?.kind !== 'file') {
      const text =
        verb === 'upgrade' ? `file does not exist: ${path}` : `stat ${path}: no such file or directory`;
      diagnostics.push(errorDiagnostic('cli/values-file-missing', text, { referenceText: text }));
      continue;
    }
    const content = decodeBytes(session.ports.files.read(path));
    value.push({ origin: given, content, isSecret: false, path, isFromCommandLine: true });
  }
  return { value, diagnostics };
}

function givenSet(session: Session): readonly SetValue[] {
  return (session.options.set ?? []).map((expression) => ({
    kind: 'set',
    expression,
    isFromCommandLine: true,
  }));
}

/** `helmDefaults.postRendererArgs` are templates of the release; undefined when others win. */
async function renderedPostRendererArgs(
  session: Session,
  scope: ReleaseScope,
): Promise<Diagnosed<readonly string[]>> {
  const { release, file, options } = scope;
  const hasOwn = (release.spec.postRendererArgs ?? options.postRendererArgs ?? []).length > 0;
  const defaults = defaultsOf(scope).postRendererArgs ?? [];
  if (hasOwn || defaults.length === 0) return { value: undefined, diagnostics: [] };
  const rendered: string[] = [];
  for (const text of defaults) {
    try {
      const source = { name: 'helmDefaults.postRendererArgs', text };
      rendered.push(await renderForRelease(session, { file, release, source }));
    } catch (error) {
      if (!isRenderError(error)) throw error;
      const prefix = `failed rendering postRendererArg ${JSON.stringify(text)} for release "${release.key.name}": `;
      return { value: undefined, diagnostics: [templateDiagnostic(error, (reason) => prefix + reason)] };
    }
  }
  return { value: rendered, diagnostics: [] };
}
