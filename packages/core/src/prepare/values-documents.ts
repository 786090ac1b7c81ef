import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  hasErrors,
  type Source,
} from '@flotilla/diagnostics';
import {
  Dict,
  decodeBytes,
  directoryOf,
  emitYaml,
  formatValue,
  GoError,
  parseYaml,
  typeOf,
} from '@flotilla/gocompat';
import { TemplateError } from '@flotilla/gotemplate';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import { taintYaml } from '../environment/taint-content.ts';
import { type FoundFile, findValuesFiles, skippedNotice } from '../environment/values-files.ts';
import type { ValuesDocument } from '../ports/executor.ts';
import { FileError } from '../ports/files.ts';
import { type DecryptedFile, SecretError } from '../ports/secret-resolver.ts';
import { isTemplateFile } from '../template-context/is-template-file.ts';
import { mayHoldReference } from '../template-context/secret-references.ts';
import { templateDiagnostic } from '../template-context/template-diagnostic.ts';
import { renderForRelease } from './release-data.ts';
import { expandSecrets } from './secret-references.ts';
import { log, type Session } from './session.ts';

/**
 * The values and secrets of a release as documents, in the order helm gets them (helmfile-format.md §7).
 * In: a release, its file. Out: one document per entry, rendered, decrypted, references expanded; problems at the entry's line.
 * Not its business: merging documents, the command line's values, files for helm.
 */

/** One entry of a list of values or secrets. */
export interface ValuesEntry {
  readonly session: Session;
  readonly file: DesiredStateFile;
  readonly release: DesiredRelease;
  readonly field: 'values' | 'secrets';
  readonly index: number;
  /** Secrets are read as they are. */
  readonly keepsEncrypted?: boolean;
}

type Entry = ValuesEntry;

/** Documents of `values`, then of `secrets`. Every problem of every entry is reported. */
export async function valuesDocuments(
  session: Session,
  file: DesiredStateFile,
  release: DesiredRelease,
): Promise<Diagnosed<readonly ValuesDocument[]>> {
  const lists = (['values', 'secrets'] as const).flatMap((field) =>
    (release.spec[field] ?? []).map((value, index) => ({
      value,
      entry: { session, file, release, field, index },
    })),
  );
  const results = await Promise.all(lists.map(({ value, entry }) => documentsOf(entry, value)));
  const diagnostics = results.flatMap((result) => result.diagnostics);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return { value: results.flatMap((result) => result.value ?? []), diagnostics };
}

/** The documents in what a path stands for: one, or none where it is missing and may be. */
export async function fileDocuments(
  entry: ValuesEntry,
  path: string,
): Promise<Diagnosed<readonly ValuesDocument[]>> {
  try {
    return await fromPath(entry, path);
  } catch (error) {
    return { value: undefined, diagnostics: [problem(entry, error)] };
  }
}

async function documentsOf(entry: Entry, given: unknown): Promise<Diagnosed<readonly ValuesDocument[]>> {
  try {
    const { value, isSecret } =
      entry.field === 'values'
        ? await expandSecrets(entry.session, given)
        : { value: given, isSecret: false };
    if (typeof value === 'string') {
      return value.includes('\n') ? found(await inlineText(entry, value)) : await fromPath(entry, value);
    }
    if (value instanceof Dict) return found(await inlineMap(entry, value, isSecret));
    throw new GoError(`unexpected type of value: value=${formatValue(value)}, type=${typeOf(value)}`);
  } catch (error) {
    return { value: undefined, diagnostics: [problem(entry, error)] };
  }
}

function found(document: ValuesDocument): Diagnosed<readonly ValuesDocument[]> {
  return { value: [document], diagnostics: [] };
}

function originOf({ field, index }: Entry): string {
  return `${field}[${index}]`;
}

/** DESIGN D4: a text of several lines is YAML with the release's templates in it. */
async function inlineText(entry: Entry, text: string): Promise<ValuesDocument> {
  const source: Source = { name: `${entry.release.id} ${originOf(entry)}`, text };
  const rendered = await renderForRelease(entry.session, { ...entry, source });
  return await expanded(entry, { origin: originOf(entry), content: rendered, isSecret: false });
}

async function inlineMap(entry: Entry, value: Dict, isSecret: boolean): Promise<ValuesDocument> {
  const content = emitYaml(value, { dialect: 'v3' });
  const origin = originOf(entry);
  if (entry.field === 'values') return { origin, content, isSecret };
  return await decryptInline(entry, content);
}

/** A map in `secrets` is a sops document of its own. */
async function decryptInline(entry: Entry, content: string): Promise<ValuesDocument> {
  const { files, secrets } = entry.session.ports;
  await using directory = files.makeTemporaryDirectory('flotilla-secret-');
  const path = `${directory.path}/secret.yaml`;
  files.write(path, content, { mode: 0o600 });
  const decrypted = await secrets.decrypt(path, entry.session.signal);
  taintYaml(entry.session.redactor, decrypted.content);
  return { origin: originOf(entry), content: decrypted.content, isSecret: true };
}

async function fromPath(entry: Entry, text: string): Promise<Diagnosed<readonly ValuesDocument[]>> {
  const { session, file, release, field } = entry;
  const path = `${release.spec.valuesPathPrefix ?? ''}${text}`;
  const handler =
    release.spec.missingFileHandler ?? (field === 'values' ? file.spec.missingFileHandler : undefined);
  const files = await findValuesFiles(
    {
      path,
      base: { absolute: file.baseDirectory, printed: file.printedBaseDirectory },
      // Helmfile calls secrets values where it shows them as they are.
      what: entry.keepsEncrypted === true ? 'values' : field,
      handler,
      ignoresMissingGitBranch: ignoresMissingBranch(entry),
      stateFile: file.name,
      span: release.spanOf(field, entry.index) ?? release.spanOf(),
    },
    {
      files: session.ports.files,
      fetcher: session.ports.fetcher,
      deny: session.deny,
      signal: session.signal,
    },
  );
  if (files.value === undefined) return { value: undefined, diagnostics: files.diagnostics };
  if (files.value.length === 0 && (handler === 'Info' || handler === 'Debug')) {
    log(session, handler === 'Info' ? 'info' : 'debug', skippedNotice(field, path));
  }
  if (files.value.length > 1) throw new GoError(severalFiles[field]);
  const documents = await Promise.all(files.value.map((each) => fromFile(entry, each)));
  return { value: documents, diagnostics: files.diagnostics };
}

const severalFiles = {
  values:
    'glob patterns in release values and secrets is not supported yet. please submit a feature request if necessary',
  secrets:
    'glob patterns in release secret file is not supported yet. please submit a feature request if necessary',
};

function ignoresMissingBranch({ file, release }: Entry): boolean {
  const own = release.spec.missingFileHandlerConfig?.ignoreMissingGitBranch;
  return own ?? file.spec.missingFileHandlerConfig?.ignoreMissingGitBranch ?? false;
}

async function fromFile(entry: Entry, file: FoundFile): Promise<ValuesDocument> {
  const { session } = entry;
  const isSecret = entry.field === 'secrets' && entry.keepsEncrypted !== true;
  const text = isSecret
    ? (await decrypt(session, file.absolute)).content
    : decodeBytes(session.ports.files.read(file.absolute));
  const content = isTemplateFile(file.absolute) ? await renderFile(entry, file, text) : text;
  const document = await expanded(entry, { origin: file.printed, content, isSecret });
  const isUntouched = !isSecret && document.content === text;
  return isUntouched ? { ...document, path: file.absolute } : document;
}

async function renderFile(entry: Entry, file: FoundFile, text: string): Promise<string> {
  const base = { absolute: directoryOf(file.absolute), printed: directoryOf(file.printed) };
  const name = namedFrom(entry.session.ports.workingDirectory, file.absolute);
  return await renderForRelease(entry.session, { ...entry, source: { name, text }, base });
}

/** A path as a person in the working directory writes it. */
function namedFrom(workingDirectory: string, path: string): string {
  return path.startsWith(`${workingDirectory}/`) ? path.slice(workingDirectory.length + 1) : path;
}

/** Decrypts each file once per run. */
function decrypt(session: Session, path: string): Promise<DecryptedFile> {
  const known = session.memo.decrypted.get(path);
  if (known !== undefined) return known;
  log(session, 'info', `Decrypting secret ${path}`);
  const decrypted = session.ports.secrets.decrypt(path, session.signal).then((file) => {
    if (file.wasEncrypted) taintYaml(session.redactor, file.content);
    return file;
  });
  session.memo.decrypted.set(path, decrypted);
  return decrypted;
}

/** A document that mentions a reference is read as YAML, expanded and written again; comments and order are lost. */
async function expanded(entry: Entry, document: ValuesDocument): Promise<ValuesDocument> {
  if (!mayHoldReference(document.content)) return document;
  const value = parseYaml(document.content, { dialect: 'v3' });
  const result = await expandSecrets(entry.session, value);
  return {
    origin: document.origin,
    content: emitYaml(result.value, { dialect: 'v3' }),
    isSecret: document.isSecret || result.isSecret,
  };
}

function problem(entry: Entry, error: unknown): Diagnostic {
  const { release, field, index } = entry;
  const span = release.spanOf(field, index) ?? release.spanOf();
  if (error instanceof TemplateError) {
    const name = error.span?.source.name ?? originOf(entry);
    const wrap = (text: string): string =>
      `failed to render values files "${name}": failed to render [${name}], because of ${text}`;
    const found = templateDiagnostic(error, wrap, span);
    if (span === undefined) return found;
    const user = { span, message: `in ${originOf(entry)} of "${release.key.name}"` };
    return { ...found, related: [...found.related, user] };
  }
  if (error instanceof SecretError) {
    const hint =
      error.code === 'unsupported-provider' ? 'resolve it outside and pass it as a value' : undefined;
    return errorDiagnostic('environment/secret-failed', error.message, { span, hint });
  }
  if (error instanceof GoError || error instanceof FileError) {
    return errorDiagnostic('environment/values-failed', error.message, {
      span,
      referenceText: error.message,
    });
  }
  throw error;
}
