import { type Diagnosed, type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';
import { GoError, type GoValue } from '@flotilla/gocompat';
import type { DesiredRelease, DesiredState } from '../desired/desired-state.ts';
import { parseHelmValues } from '../environment/parse-values.ts';
import { prefixReferences } from '../environment/reference-text.ts';
import {
  type CommandControl,
  createSession,
  Executors,
  type FlotillaSetup,
  type SessionCall,
} from './create-session.ts';
import { fileDocuments, type ValuesEntry } from './values-documents.ts';

/** The `values` and `secrets` of a release with files replaced by what is in them. */
export interface EmbeddedValues {
  readonly values: readonly GoValue[];
  readonly secrets: readonly GoValue[];
}

export interface EmbedRequest {
  readonly state: DesiredState;
  readonly releases: Iterable<DesiredRelease>;
  readonly control?: CommandControl;
}

/**
 * What `build --embed-values` prints (Helmfile 1.8.0): files are rendered and parsed, references in them resolved, nothing is
 * decrypted; a missing file is left out where its handler allows that.
 */
export async function embedValues(
  options: FlotillaSetup,
  request: EmbedRequest & Pick<SessionCall, 'projectDirectories'>,
): Promise<Diagnosed<ReadonlyMap<DesiredRelease, EmbeddedValues>>> {
  const { state, releases, projectDirectories, control = {} } = request;
  await using executors = new Executors(options.executor);
  const call = { command: 'write-values', request: {}, control, executors, projectDirectories } as const;
  const session = createSession(options, call);
  const diagnostics: Diagnostic[] = [];
  const result = new Map<DesiredRelease, EmbeddedValues>();
  for (const release of releases) {
    const file = state.files[release.fileIndex];
    if (file === undefined) continue;
    const embed = async (field: keyof EmbeddedValues): Promise<readonly GoValue[]> => {
      const entries: GoValue[] = [];
      for (const [index, given] of (release.spec[field] ?? []).entries()) {
        if (typeof given !== 'string') {
          entries.push(given as GoValue);
          continue;
        }
        const entry = { session, file, release, field, index, keepsEncrypted: true };
        const found = await fileValues(entry, given);
        diagnostics.push(...prefixReferences(found.diagnostics, file.errorPrefix));
        entries.push(...(found.value ?? []));
      }
      return entries;
    };
    result.set(release, { values: await embed('values'), secrets: await embed('secrets') });
  }
  return { value: result, diagnostics };
}

async function fileValues(entry: ValuesEntry, path: string): Promise<Diagnosed<readonly GoValue[]>> {
  const found = await fileDocuments(entry, path);
  try {
    const value = found.value?.map(({ content }) => parseHelmValues(content));
    return { value, diagnostics: found.diagnostics };
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    const { release, field, index } = entry;
    const options = { span: release.spanOf(field, index), referenceText: error.message };
    const problem = errorDiagnostic('environment/values-failed', error.message, options);
    return { value: undefined, diagnostics: [...found.diagnostics, problem] };
  }
}
