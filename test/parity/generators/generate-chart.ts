import { chartArgument } from './chart-arguments.ts';
import { extraPieces } from './chart-extras.ts';
import { helper, manifest, notes, type TemplateScope } from './chart-templates.ts';
import {
  type ChartPiece,
  type Link,
  subchartNames,
  userValues,
  valuesPieces,
} from './generate-chart-values.ts';
import { type Random, several } from './random.ts';

/**
 * Generated charts: trees of charts with conditions, tags, aliases, imports, globals, libraries, schemas, hooks, CRDs, files and
 * notes, and a command line that renders one. A chart is a list of pieces; any part of it is a chart, too, though maybe a wrong one.
 */

const paths = [
  'num',
  'text',
  'flag',
  'list',
  'map',
  'map.a',
  'map.b.c',
  'empty',
  'none',
  'float',
  'global.region',
  'global.zones',
  'global',
  'alpha',
  'alpha.enabled',
  'beta',
  'imported',
  'data',
  'replicas',
  'map.null',
];
const helperNames = ['app.name', 'shared.labels', 'alpha.name', 'beta.name', 'common.lib'];

/** A chart and how it is rendered. */
export function generateChart(random: Random): readonly ChartPiece[] {
  return [
    ...chartPieces(random, { folder: '', name: 'app', depth: 0 }),
    ...userValues(random),
    ...several(random, [0, 3], () => ({ argument: chartArgument(random) })),
  ];
}

interface Place {
  readonly folder: string;
  readonly name: string;
  readonly depth: number;
  readonly isLibrary?: boolean;
}

function chartPieces(random: Random, place: Place): readonly ChartPiece[] {
  const { folder, name, depth } = place;
  const subcharts = depth > 2 ? [] : subchartNames.filter(() => random.chance(0.4 - depth * 0.12));
  const links: readonly Link[] = subcharts.flatMap((each) => linksTo(random, each));
  const scope: TemplateScope = {
    chart: name,
    paths,
    helpers: helperNames,
    subcharts: links.map(({ name: own, alias }) => alias ?? own),
  };
  return [
    ...metadata(random, place, links),
    ...valuesPieces(random, folder, links),
    ...templatePieces(random, place, scope),
    ...extraPieces(random, folder),
    ...subcharts.flatMap((each) =>
      chartPieces(random, {
        folder: `${folder}charts/${each}/`,
        name: each,
        depth: depth + 1,
        isLibrary: each === 'common' && random.chance(0.6),
      }),
    ),
  ];
}

/** A subchart is listed once, not at all, or twice with different names. */
function linksTo(random: Random, name: string): readonly Link[] {
  const choice = random.below(10);
  if (choice === 0) return [];
  if (choice === 1)
    return [
      { name, alias: undefined },
      { name, alias: `${name}Two` },
    ];
  if (choice === 2)
    return [
      { name, alias: `${name}One` },
      { name, alias: `${name}Two` },
    ];
  return [{ name, alias: choice === 3 ? `${name}Other` : undefined }];
}

const optionalLines = [
  'appVersion: "1.16.0"\n',
  'appVersion: 2.10\n',
  'description: What it does\n',
  'kubeVersion: ">=1.19.0-0"\n',
  'annotations: { a: b, "c/d": "1" }\n',
  'maintainers: [{ name: M, email: m@example.org }]\n',
  'keywords: [one, two]\n',
  'home: https://example.org\n',
  'deprecated: true\n',
  'icon: https://example.org/i.png\n',
  'unknown: 1\n',
];

/** `Chart.yaml`, and for a chart of the old kind `requirements.yaml`. */
function metadata(
  random: Random,
  { folder, name, isLibrary }: Place,
  links: readonly Link[],
): readonly ChartPiece[] {
  const apiVersion = random.chance(0.1) ? 'v1' : 'v2';
  const version = random.pick(['1.2.3', '0.1.0', '2.0.0-rc.1', '1.0.0+b']);
  const lines = [
    `apiVersion: ${apiVersion}\nname: ${name}\nversion: ${version}\n`,
    ...(isLibrary === true ? ['type: library\n'] : []),
    ...optionalLines.filter(() => random.chance(0.12)),
  ];
  const path = `${folder}Chart.yaml`;
  const listPath = apiVersion === 'v1' ? `${folder}requirements.yaml` : path;
  const list =
    links.length === 0 ? [] : ['dependencies:\n', ...links.map((link) => dependency(random, link))];
  return [...lines.map((text) => ({ path, text })), ...list.map((text) => ({ path: listPath, text }))];
}

function dependency(random: Random, { name, alias }: Link): string {
  const key = alias ?? name;
  const version = random.pick([
    '"*"',
    '">=0.0.0-0"',
    '">=0.0.0-0"',
    '">=0.0.0-0"',
    '^1.0.0',
    '~0.1',
    '9.9.9',
  ]);
  const lines = [`- name: ${name}`, `  version: ${version}`];
  if (alias !== undefined) lines.push(`  alias: ${alias}`);
  if (random.chance(0.5)) {
    lines.push(
      `  condition: ${random.pick([`${key}.enabled`, `${key}.enabled,flag`, 'flag', 'global.on', 'num', `none.there,${key}.enabled`, 'map', ' flag '])}`,
    );
  }
  if (random.chance(0.3)) lines.push(`  tags: [${random.pick(['front', 'back', 'front, back'])}]`);
  if (random.chance(0.35))
    lines.push(`  import-values: ${JSON.stringify(several(random, [1, 3], () => importOf(random)))}`);
  if (random.chance(0.1))
    lines.push(`  repository: ${random.pick(['file://charts/x', 'https://example.org', '""'])}`);
  return `${lines.join('\n')}\n`;
}

function importOf(random: Random): unknown {
  return random.pick<unknown>([
    'data',
    'more',
    'none',
    { child: 'map', parent: 'imported' },
    { child: 'exports.data', parent: '.' },
    { child: 'map.b', parent: 'map' },
    { child: 'global', parent: 'global' },
    { child: 'num', parent: 'imported' },
    { child: 'missing', parent: 'imported' },
    { child: 'alpha.map', parent: 'deep.er' },
  ]);
}

function templatePieces(
  random: Random,
  { folder, name }: Place,
  scope: TemplateScope,
): readonly ChartPiece[] {
  const names = ['a.yaml', 'b.yaml', 'sub/c.yml', 'd.txt', 'Z.yaml', 'tests/t.yaml'];
  const pieces: ChartPiece[] = [
    ...several(random, [0, 4], () => ({
      path: `${folder}templates/${random.pick(names)}`,
      text: manifest(random, scope),
    })),
  ];
  const helpers = `${folder}templates/_helpers.tpl`;
  pieces.push({ path: helpers, text: helper(random, scope, `${name}.name`) });
  if (name === 'common') pieces.push({ path: helpers, text: helper(random, scope, 'common.lib') });
  if (random.chance(0.5)) pieces.push({ path: helpers, text: helper(random, scope, 'shared.labels') });
  if (random.chance(0.2)) pieces.push({ path: `${folder}templates/NOTES.txt`, text: notes(random, scope) });
  return pieces;
}
