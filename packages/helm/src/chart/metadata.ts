/**
 * Chart.yaml and Chart.lock: from text to metadata, and the checks Helm makes. Comes in: file text. Goes out: metadata, or
 * a GoError with Helm's text. Not its business: where the text came from, dependencies on disk.
 */
import { GoError, isSpace, quote } from '@flotilla/gocompat';
import type { ChartDependency, ChartLock, ChartMaintainer, ChartMetadata } from './chart.ts';
import type { HelmCompat } from './helm-compat.ts';
import {
  type DecodedStruct,
  decodeYamlStruct,
  type GoStructTarget,
  type GoTarget,
} from './struct-decoder.ts';
import { isVersion } from './version-range.ts';

const text: GoTarget = { kind: 'string' };
const texts: GoTarget = { kind: 'list', of: text, goType: '[]string' };

function structTarget(name: string, packageName: string, fields: Record<string, GoTarget>): GoStructTarget {
  return { kind: 'struct', name, goType: `${packageName}.${name}`, fields: new Map(Object.entries(fields)) };
}

interface Targets {
  readonly metadata: GoStructTarget;
  readonly lock: GoStructTarget;
}

const targets = new Map<HelmCompat, Targets>();

/** The two majors differ in the name of the Go package, which messages show. */
function targetsOf(compat: HelmCompat): Targets {
  const known = targets.get(compat);
  if (known !== undefined) return known;
  const made = makeTargets(compat === 'v4' ? 'v2' : 'chart');
  targets.set(compat, made);
  return made;
}

function makeTargets(packageName: string): Targets {
  const maintainer = structTarget('Maintainer', packageName, { name: text, email: text, url: text });
  const dependency = structTarget('Dependency', packageName, {
    name: text,
    version: text,
    repository: text,
    condition: text,
    tags: texts,
    enabled: { kind: 'bool' },
    'import-values': { kind: 'list', of: { kind: 'any' }, goType: '[]interface {}' },
    alias: text,
  });
  const dependencies: GoTarget = { kind: 'list', of: dependency, goType: `[]*${packageName}.Dependency` };
  const metadata = structTarget('Metadata', packageName, {
    name: text,
    home: text,
    sources: texts,
    version: text,
    description: text,
    keywords: texts,
    maintainers: { kind: 'list', of: maintainer, goType: `[]*${packageName}.Maintainer` },
    icon: text,
    apiVersion: text,
    condition: text,
    tags: text,
    appVersion: text,
    deprecated: { kind: 'bool' },
    annotations: { kind: 'stringMap' },
    kubeVersion: text,
    dependencies,
    type: text,
  });
  const lock = structTarget('Lock', packageName, { generated: text, digest: text, dependencies });
  return { metadata, lock };
}

/** Chart.yaml before it is checked: entries of lists may be null. */
export interface UncheckedMetadata extends Omit<ChartMetadata, 'maintainers' | 'dependencies'> {
  readonly maintainers: readonly (ChartMaintainer | null)[] | undefined;
  readonly dependencies: readonly (ChartDependency | null)[] | undefined;
}

/** Decodes Chart.yaml; what `base` says holds for keys that are absent (requirements.yaml over Chart.yaml). */
export function parseMetadata(
  yaml: string,
  options: { readonly base?: UncheckedMetadata | undefined; readonly compat?: HelmCompat } = {},
): UncheckedMetadata {
  const fields = decodeYamlStruct(yaml, targetsOf(options.compat ?? 'v4').metadata) ?? {};
  return metadataOf(fields, options.base);
}

/** The fields of Chart.yaml as a struct decoder takes them, for structs that embed the metadata (index entries). */
export function metadataFields(compat: HelmCompat = 'v4'): ReadonlyMap<string, GoTarget> {
  return targetsOf(compat).metadata.fields;
}

/** Metadata from decoded fields; what `base` says holds for those that are absent. */
export function metadataOf(fields: DecodedStruct, base?: UncheckedMetadata): UncheckedMetadata {
  return {
    name: str(fields, 'name', base?.name),
    home: str(fields, 'home', base?.home),
    sources: list(fields, 'sources', strings) ?? base?.sources,
    version: str(fields, 'version', base?.version),
    description: str(fields, 'description', base?.description),
    keywords: list(fields, 'keywords', strings) ?? base?.keywords,
    maintainers: list(fields, 'maintainers', toMaintainer) ?? base?.maintainers,
    icon: str(fields, 'icon', base?.icon),
    apiVersion: str(fields, 'apiVersion', base?.apiVersion),
    condition: str(fields, 'condition', base?.condition),
    tags: str(fields, 'tags', base?.tags),
    appVersion: str(fields, 'appVersion', base?.appVersion),
    deprecated:
      fields['deprecated'] === undefined ? (base?.deprecated ?? false) : fields['deprecated'] === true,
    annotations: (fields['annotations'] as ReadonlyMap<string, string> | undefined) ?? base?.annotations,
    kubeVersion: str(fields, 'kubeVersion', base?.kubeVersion),
    dependencies: list(fields, 'dependencies', toDependency) ?? base?.dependencies,
    type: str(fields, 'type', base?.type),
  };
}

/** Decodes Chart.lock or requirements.lock. */
export function parseLock(yaml: string, compat: HelmCompat = 'v4'): ChartLock {
  const fields = decodeYamlStruct(yaml, targetsOf(compat).lock) ?? {};
  return {
    generated: str(fields, 'generated'),
    digest: str(fields, 'digest'),
    dependencies: list(fields, 'dependencies', toDependency)?.filter((each) => each !== null),
  };
}

function str(fields: DecodedStruct, name: string, fallback = ''): string {
  const value = fields[name];
  return typeof value === 'string' ? value : fallback;
}

function list<T>(fields: DecodedStruct, name: string, convert: (item: unknown) => T): T[] | undefined {
  const value = fields[name];
  return Array.isArray(value) ? value.map(convert) : undefined;
}

function strings(item: unknown): string {
  return typeof item === 'string' ? item : '';
}

function toMaintainer(item: unknown): ChartMaintainer | null {
  if (item === null) return null;
  const fields = item as DecodedStruct;
  return { name: str(fields, 'name'), email: str(fields, 'email'), url: str(fields, 'url') };
}

function toDependency(item: unknown): ChartDependency | null {
  if (item === null) return null;
  const fields = item as DecodedStruct;
  return {
    name: str(fields, 'name'),
    version: str(fields, 'version'),
    repository: str(fields, 'repository'),
    condition: str(fields, 'condition'),
    tags: list(fields, 'tags', strings),
    enabled: fields['enabled'] === true,
    importValues: list(fields, 'import-values', (each) => each),
    alias: str(fields, 'alias'),
  };
}

/** Cleans and checks metadata (Helm 4.3.1 `Metadata.Validate`); GoError `validation: …`. */
export function checkMetadata(metadata: UncheckedMetadata): ChartMetadata {
  const clean = {
    ...metadata,
    name: sanitize(metadata.name),
    description: sanitize(metadata.description),
    home: sanitize(metadata.home),
    icon: sanitize(metadata.icon),
    condition: sanitize(metadata.condition),
    tags: sanitize(metadata.tags),
    appVersion: sanitize(metadata.appVersion),
    kubeVersion: sanitize(metadata.kubeVersion),
    sources: metadata.sources?.map(sanitize),
    keywords: metadata.keywords?.map(sanitize),
  };
  checkIdentity(clean);
  return {
    ...clean,
    maintainers: clean.maintainers?.map(checkMaintainer),
    dependencies: checkDependencies(clean.dependencies),
  };
}

function checkIdentity({ apiVersion, name, version, type }: UncheckedMetadata): void {
  if (apiVersion === '') throw invalid('chart.metadata.apiVersion is required');
  if (name === '') throw invalid('chart.metadata.name is required');
  if (name === '.' || name === '..') throw invalid(`chart.metadata.name ${quote(name)} is not allowed`);
  if (name.includes('/')) throw invalid(`chart.metadata.name ${quote(name)} is invalid`);
  if (version === '') throw invalid('chart.metadata.version is required');
  if (!isVersion(version)) throw invalid(`chart.metadata.version ${quote(version)} is invalid`);
  if (type !== '' && type !== 'application' && type !== 'library') {
    throw invalid('chart.metadata.type must be application or library');
  }
}

function checkMaintainer(maintainer: ChartMaintainer | null): ChartMaintainer {
  if (maintainer === null) throw invalid('maintainers must not contain empty or null nodes');
  return {
    name: sanitize(maintainer.name),
    email: sanitize(maintainer.email),
    url: sanitize(maintainer.url),
  };
}

function checkDependencies(
  dependencies: UncheckedMetadata['dependencies'],
): readonly ChartDependency[] | undefined {
  const seen = new Set<string>();
  return dependencies?.map((entry) => {
    const dependency = checkDependency(entry);
    const key = dependency.alias === '' ? dependency.name : dependency.alias;
    if (seen.has(key)) throw invalid(`more than one dependency with name or alias ${quote(key)}`);
    seen.add(key);
    return dependency;
  });
}

function checkDependency(dependency: ChartDependency | null): ChartDependency {
  if (dependency === null) throw invalid('dependencies must not contain empty or null nodes');
  const clean = {
    ...dependency,
    name: sanitize(dependency.name),
    version: sanitize(dependency.version),
    repository: sanitize(dependency.repository),
    condition: sanitize(dependency.condition),
    tags: dependency.tags?.map(sanitize),
  };
  if (clean.alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(clean.alias)) {
    throw invalid(`dependency ${quote(clean.name)} has disallowed characters in the alias`);
  }
  return clean;
}

function invalid(reason: string): GoError {
  return new GoError(`validation: ${reason}`);
}

const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** White space becomes a plain space, what cannot be printed is dropped. */
function sanitize(value: string): string {
  if (/^[ -~]*$/.test(value)) return value;
  const spaced = Array.from(value, (char) => (isSpace(char.charCodeAt(0)) ? ' ' : char)).join('');
  return spaced.replace(unprintable, '');
}
