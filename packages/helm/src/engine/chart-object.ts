/** `.Chart`: the metadata of a chart as templates see it. */
import {
  Dict,
  GoStruct,
  nilSlice,
  nilStringMap,
  stringMap,
  stringSlice,
  typedSlice,
} from '@flotilla/gocompat';
import type { ChartMaintainer } from '../chart/chart.ts';
import type { ChartInstance, DependencyState } from '../chart/chart-instance.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';

/** A plain table with Go's field names in Helm 4; a struct, where an unknown field is an error, in Helm 3. */
export function chartObject(instance: ChartInstance, compat: HelmCompat): Dict | GoStruct {
  return compat === 'v4' ? chartTable(instance) : chartStruct(instance);
}

function table(entries: readonly (readonly [string, unknown])[]): Dict {
  const result = new Dict();
  for (const [key, value] of entries) result[key] = value;
  return result;
}

function chartTable(instance: ChartInstance): Dict {
  const { metadata } = instance;
  return table([
    ...scalarFields(instance),
    ['Sources', [...(metadata.sources ?? [])]],
    ['Keywords', [...(metadata.keywords ?? [])]],
    ['Maintainers', (metadata.maintainers ?? []).map((each) => table(maintainerFields(each)))],
    ['Dependencies', (instance.state.dependencies ?? []).map((each) => table(dependencyFields(each)))],
    ['IsRoot', instance.isRoot],
  ]);
}

function scalarFields(instance: ChartInstance): readonly (readonly [string, unknown])[] {
  const { metadata } = instance;
  return [
    ['Name', instance.name],
    ['Home', metadata.home],
    ['Version', metadata.version],
    ['Description', metadata.description],
    ['Icon', metadata.icon],
    ['APIVersion', metadata.apiVersion],
    ['Condition', metadata.condition],
    ['Tags', metadata.tags],
    ['AppVersion', metadata.appVersion],
    ['Deprecated', metadata.deprecated],
    ['Annotations', metadata.annotations === undefined ? nilStringMap() : stringMap(metadata.annotations)],
    ['KubeVersion', metadata.kubeVersion],
    ['Type', metadata.type],
  ];
}

function maintainerFields(maintainer: ChartMaintainer): readonly (readonly [string, unknown])[] {
  return [
    ['Name', maintainer.name],
    ['Email', maintainer.email],
    ['URL', maintainer.url],
  ];
}

function dependencyFields(entry: DependencyState): readonly (readonly [string, unknown])[] {
  return [
    ['Name', entry.name],
    ['Version', entry.version],
    ['Repository', entry.repository],
    ['Condition', entry.condition],
    ['Tags', [...(entry.tags ?? [])]],
    ['Enabled', entry.enabled],
    ['ImportValues', [...(entry.importValues ?? [])]],
    ['Alias', entry.alias],
  ];
}

/** Fields in the order of Helm 3's `chart.Metadata`. */
const structOrder = [
  'Name',
  'Home',
  'Sources',
  'Version',
  'Description',
  'Keywords',
  'Maintainers',
  'Icon',
  'APIVersion',
  'Condition',
  'Tags',
  'AppVersion',
  'Deprecated',
  'Annotations',
  'KubeVersion',
  'Dependencies',
  'Type',
  'IsRoot',
];

function chartStruct(instance: ChartInstance): GoStruct {
  const { metadata } = instance;
  const fields = new Map<string, unknown>([
    ...scalarFields(instance),
    ['Sources', strings(metadata.sources)],
    ['Keywords', strings(metadata.keywords)],
    ['Maintainers', pointers('chart.Maintainer', (metadata.maintainers ?? []).map(maintainerFields))],
    ['Dependencies', pointers('chart.Dependency', (instance.state.dependencies ?? []).map(dependencyFields))],
    ['IsRoot', instance.isRoot],
  ]);
  return new GoStruct({
    goType: 'struct { chart.Metadata; IsRoot bool }',
    isPointer: false,
    fields: new Map(structOrder.map((name) => [name, fields.get(name)])),
    methods: new Map(),
  });
}

function strings(items: readonly string[] | undefined): unknown[] {
  return items === undefined ? nilSlice('[]string') : stringSlice(items);
}

function pointers(goType: string, items: readonly (readonly (readonly [string, unknown])[])[]): unknown[] {
  const structs = items.map(
    (fields) => new GoStruct({ goType, isPointer: true, fields: new Map(fields), methods: new Map() }),
  );
  return typedSlice(`[]*${goType}`, structs);
}
