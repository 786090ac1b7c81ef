/** How Helm's Go structs look in JSON and YAML: their field names there, and which are left out when empty. */
import { GoStruct, isTruthy } from '@flotilla/gocompat';

interface JsonName {
  readonly name: string;
  readonly omitsEmpty: boolean;
}

/** Names given as in Go's tags; those with a `!` are written when empty too. */
function names(tags: Readonly<Record<string, string>>): ReadonlyMap<string, JsonName> {
  return new Map(
    Object.entries(tags).map(([field, tag]) => [
      field,
      { name: tag.replace('!', ''), omitsEmpty: !tag.endsWith('!') },
    ]),
  );
}

const maintainer = names({ Name: 'name', Email: 'email', URL: 'url' });

const dependency = names({
  Name: 'name!',
  Version: 'version',
  Repository: 'repository!',
  Condition: 'condition',
  Tags: 'tags',
  Enabled: 'enabled',
  ImportValues: 'import-values',
  Alias: 'alias',
});

const metadata = names({
  Name: 'name',
  Home: 'home',
  Sources: 'sources',
  Version: 'version',
  Description: 'description',
  Keywords: 'keywords',
  Maintainers: 'maintainers',
  Icon: 'icon',
  APIVersion: 'apiVersion',
  Condition: 'condition',
  Tags: 'tags',
  AppVersion: 'appVersion',
  Deprecated: 'deprecated',
  Annotations: 'annotations',
  KubeVersion: 'kubeVersion',
  Dependencies: 'dependencies',
  Type: 'type',
  IsRoot: 'IsRoot!',
});

const buildInfo = names({
  Version: 'version',
  GitCommit: 'git_commit',
  GitTreeState: 'git_tree_state',
  GoVersion: 'go_version',
  KubeClientVersion: 'kube_client_version',
});

const namesByType: ReadonlyMap<string, ReadonlyMap<string, JsonName>> = new Map([
  ['chart.Maintainer', maintainer],
  ['chart.Dependency', dependency],
  ['struct { chart.Metadata; IsRoot bool }', metadata],
  ['version.BuildInfo', buildInfo],
]);

/** `value` with structs, alone or in a list, under their JSON names; anything else as it is. */
export function jsonView(value: unknown): unknown {
  if (value instanceof GoStruct) return structView(value);
  if (Array.isArray(value) && value[0] instanceof GoStruct) return value.map(jsonView);
  return value;
}

function structView(struct: GoStruct): GoStruct {
  const known = namesByType.get(struct.goType);
  if (known === undefined && struct.text !== undefined) return struct;
  const fields = new Map<string, unknown>();
  for (const [field, value] of struct.fields) {
    const { name, omitsEmpty } = known?.get(field) ?? { name: field, omitsEmpty: false };
    if (!omitsEmpty || isTruthy(value)) fields.set(name, jsonView(value));
  }
  return new GoStruct({ goType: struct.goType, isPointer: struct.isPointer, fields, methods: new Map() });
}
