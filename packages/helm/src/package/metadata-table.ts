/** Chart metadata as Helm writes it again: the tables behind Chart.yaml, Chart.lock, index entries and OCI configs. */
import { Dict, emitYaml, stringMap, toGoJson } from '@flotilla/gocompat';
import type { ChartDependency, ChartLock, ChartMetadata } from '../chart/chart.ts';

type Field = readonly [name: string, value: unknown];

/** Fields that Go's `omitempty` keeps, in the order of the struct. */
function kept(fields: readonly Field[]): readonly Field[] {
  return fields.filter(([, value]) => !isEmpty(value));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '' || value === false) return true;
  return (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);
}

/** Chart.yaml's fields. A v1 chart keeps its dependencies in requirements.yaml: leave them out for its Chart.yaml. */
export function metadataFieldList(metadata: ChartMetadata, withDependencies = true): readonly Field[] {
  const { annotations } = metadata;
  return kept([
    ['name', metadata.name],
    ['home', metadata.home],
    ['sources', metadata.sources],
    ['version', metadata.version],
    ['description', metadata.description],
    ['keywords', metadata.keywords],
    [
      'maintainers',
      metadata.maintainers?.map(({ name, email, url }) =>
        table(
          kept([
            ['name', name],
            ['email', email],
            ['url', url],
          ]),
        ),
      ),
    ],
    ['icon', metadata.icon],
    ['apiVersion', metadata.apiVersion],
    ['condition', metadata.condition],
    ['tags', metadata.tags],
    ['appVersion', metadata.appVersion],
    ['deprecated', metadata.deprecated],
    ['annotations', annotations === undefined || annotations.size === 0 ? undefined : stringMap(annotations)],
    ['kubeVersion', metadata.kubeVersion],
    ['dependencies', withDependencies ? metadata.dependencies?.map(dependencyTable) : undefined],
    ['type', metadata.type],
  ]);
}

function dependencyTable(dependency: ChartDependency): Dict {
  return table(dependencyFields(dependency));
}

function dependencyFields(dependency: ChartDependency): readonly Field[] {
  const { name, repository } = dependency;
  const others = kept([
    ['condition', dependency.condition],
    ['tags', dependency.tags],
    ['enabled', dependency.enabled],
    ['import-values', dependency.importValues],
    ['alias', dependency.alias],
  ]);
  const version = dependency.version === '' ? [] : [['version', dependency.version] as const];
  return [['name', name], ...version, ['repository', repository], ...others];
}

function table(fields: readonly Field[]): Dict {
  const result = new Dict();
  for (const [name, value] of fields) result[name] = value;
  return result;
}

/** Chart.yaml as `yaml.Marshal` of Helm's metadata gives it. */
export function metadataYaml(metadata: ChartMetadata, withDependencies = true): string {
  return emitYaml(table(metadataFieldList(metadata, withDependencies)), { dialect: 'v2' });
}

/** The OCI config: `json.Marshal` of the metadata, fields in the order of the struct. */
export function metadataJson(metadata: ChartMetadata): string {
  const parts = metadataFieldList(metadata).map(([name, value]) => {
    if (name === 'maintainers') return `"maintainers":${maintainersJson(metadata)}`;
    if (name === 'dependencies') return `"dependencies":${dependenciesJson(metadata.dependencies)}`;
    return `${toGoJson(name)}:${toGoJson(value)}`;
  });
  return `{${parts.join(',')}}`;
}

function maintainersJson({ maintainers = [] }: ChartMetadata): string {
  return `[${maintainers
    .map(({ name, email, url }) =>
      objectJson(
        kept([
          ['name', name],
          ['email', email],
          ['url', url],
        ]),
      ),
    )
    .join(',')}]`;
}

/** A list of dependencies as `json.Marshal` writes it: what lock digests are made of. */
export function dependenciesJson(dependencies: readonly ChartDependency[] | undefined): string {
  if (dependencies === undefined) return 'null';
  return `[${dependencies.map((each) => objectJson(dependencyFields(each))).join(',')}]`;
}

function objectJson(fields: readonly Field[]): string {
  return `{${fields.map(([name, value]) => `${toGoJson(name)}:${toGoJson(value)}`).join(',')}}`;
}

/** Chart.lock as Helm writes it. */
export function lockYaml(lock: ChartLock): string {
  const result = new Dict();
  result['dependencies'] = lock.dependencies === undefined ? null : lock.dependencies.map(dependencyTable);
  result['digest'] = lock.digest;
  result['generated'] = lock.generated;
  return emitYaml(result, { dialect: 'v2' });
}
