/** Rules for Chart.yaml (Helm 4.3.1 `rules.Chartfile`). */
import { join } from 'node:path';
import {
  baseNameOf,
  Dict,
  decodeBytes,
  explainMismatch,
  orUndefined,
  parseConstraint,
  parseStrictVersion,
  parseYaml,
  quote,
  typeOf,
} from '@flotilla/gocompat';
import { metadataFields, parseMetadata, type UncheckedMetadata } from '../chart/metadata.ts';
import { versionOf } from '../registry/chart-index.ts';
import { checkKnownFields } from '../registry/index-entry.ts';
import { type LintContext, problemOf } from './lint-context.ts';
import type { LintSeverity } from './lint-report.ts';
import { isEmail, isRequestUrl, isWebUrl } from './web-addresses.ts';

const file = 'Chart.yaml';

/** Reports what is wrong with Chart.yaml; nothing more when it cannot be read. */
export function lintChartYaml({ directory, files, report }: LintContext): void {
  const path = join(directory, file);
  report.check(
    'error',
    file,
    files.stat(path)?.kind === 'directory' ? 'should be a file, not a directory' : undefined,
  );
  let text = '';
  let metadata: UncheckedMetadata | undefined;
  const problem = problemOf(() => {
    text = decodeBytes(files.read(path));
    metadata = parseMetadata(text);
  }, 'unable to parse YAML\n\t');
  if (!report.check('error', file, problem) || metadata === undefined) return;
  report.check('warning', file, strictProblem(text));
  const types = orUndefined(() => parseYaml(text, { dialect: 'v2' }));
  for (const [severity, found] of metadataProblems(metadata, types)) report.check(severity, file, found);
}

function strictProblem(text: string): string | undefined {
  return problemOf(() => {
    const value = parseYaml(text, { dialect: 'v2', numbers: 'int', isStrict: true });
    checkKnownFields(value, { kind: 'struct', name: '', goType: '', fields: metadataFields() });
  }, 'failed to strictly parse chart metadata file\n\t');
}

type Finding = readonly [severity: LintSeverity, problem: string | undefined];

function metadataProblems(metadata: UncheckedMetadata, types: unknown): readonly Finding[] {
  const { icon, apiVersion } = metadata;
  return [
    ['error', nameProblem(metadata.name)],
    ['error', apiVersionProblem(apiVersion)],
    ['error', typeProblem(types, 'version')],
    ['error', versionProblem(metadata.version)],
    ['error', typeProblem(types, 'appVersion')],
    ['error', maintainerProblem(metadata)],
    ['error', sourceProblem(metadata)],
    ['info', icon === '' ? 'icon is recommended' : undefined],
    ['error', icon !== '' && !isRequestUrl(icon) ? `invalid icon URL '${icon}'` : undefined],
    [
      'error',
      metadata.type !== '' && apiVersion !== 'v2'
        ? `chart type is not valid in apiVersion '${apiVersion}'. It is valid in apiVersion 'v2'`
        : undefined,
    ],
    [
      'error',
      (metadata.dependencies ?? []).length > 0 && apiVersion !== 'v2'
        ? `dependencies are not valid in the Chart file with apiVersion '${apiVersion}'. They are valid in apiVersion 'v2'`
        : undefined,
    ],
    [
      'warning',
      orUndefined(() => parseStrictVersion(metadata.version)) === undefined
        ? `version '${metadata.version}' is not a valid SemVerV2`
        : undefined,
    ],
  ];
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'name is required';
  return baseNameOf(name) === name ? undefined : `chart name ${quote(name)} is invalid`;
}

function apiVersionProblem(apiVersion: string): string | undefined {
  if (apiVersion === '') return 'apiVersion is required. The value must be either "v1" or "v2"';
  if (apiVersion === 'v1' || apiVersion === 'v2') return undefined;
  return `apiVersion '${apiVersion}' is not valid. The value must be either "v1" or "v2"`;
}

function typeProblem(types: unknown, key: string): string | undefined {
  const value = types instanceof Dict ? types[key] : undefined;
  if (value === undefined || typeof value === 'string') return undefined;
  return `${key} should be of type string but it's of type ${value === null ? '<nil>' : typeOf(value)}`;
}

function versionProblem(version: string): string | undefined {
  if (version === '') return 'version is required';
  const parsed = versionOf(version);
  if (parsed === undefined) return `version '${version}' is not a valid SemVer`;
  const [reason] = explainMismatch(parseConstraint('>0.0.0-0'), parsed);
  return reason === undefined ? undefined : `version ${reason}`;
}

function maintainerProblem({ maintainers = [] }: UncheckedMetadata): string | undefined {
  for (const maintainer of maintainers) {
    if (maintainer === null) return 'a maintainer entry is empty';
    const { name, email, url } = maintainer;
    if (name === '') return 'each maintainer requires a name';
    if (email !== '' && !isEmail(email)) return `invalid email '${email}' for maintainer '${name}'`;
    if (url !== '' && !isWebUrl(url)) return `invalid url '${url}' for maintainer '${name}'`;
  }
  return undefined;
}

function sourceProblem({ sources = [] }: UncheckedMetadata): string | undefined {
  const bad = sources.find((source) => !isRequestUrl(source));
  return bad === undefined ? undefined : `invalid source URL '${bad}'`;
}
