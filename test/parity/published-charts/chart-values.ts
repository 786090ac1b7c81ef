import { decodeBytes, toJs } from '@flotilla/gocompat';
import type { Chart } from '@flotilla/helm';
import { createRandom, type Random } from '../generators/random.ts';

/**
 * Values files for a chart, from its values and from what its templates ask. In: a chart, a seed, a count. Out: that many values,
 * the first of them none. Switches are thrown, empty maps and lists are filled, compared words are tried, and some are wrong.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Path = readonly string[];

interface Knob {
  readonly path: Path;
  /** What the chart says; undefined for a path that only templates know. */
  readonly value: Json | undefined;
  /** What templates compare it with. */
  readonly words: readonly string[];
}

/** How often each kind of change happens to a knob of one values file. */
interface Mood {
  readonly toggle: number;
  readonly fill: number;
  readonly word: number;
  readonly change: number;
  readonly wrong: number;
}

const moods: readonly Mood[] = [
  { toggle: 0, fill: 0.3, word: 0, change: 0, wrong: 0 },
  { toggle: 0.1, fill: 0.05, word: 0.1, change: 0, wrong: 0 },
  { toggle: 0.3, fill: 0.1, word: 0.5, change: 0.1, wrong: 0 },
  { toggle: 0.02, fill: 0.02, word: 0.05, change: 0.02, wrong: 0 },
  { toggle: 0.6, fill: 0.1, word: 0.9, change: 0.05, wrong: 0 },
  { toggle: 0.05, fill: 0.02, word: 0, change: 0, wrong: 0.01 },
  { toggle: 0.4, fill: 0.02, word: 0, change: 0, wrong: 0 },
  { toggle: 0.2, fill: 0.2, word: 0.2, change: 0, wrong: 0.05 },
  { toggle: 0.03, fill: 0.01, word: 0.02, change: 0, wrong: 0 },
  { toggle: 0.01, fill: 0.02, word: 0.02, change: 0.005, wrong: 0 },
];

/** Values files as JSON texts. */
export function valuesForChart(
  chart: Chart,
  { seed, count }: { seed: number; count: number },
): readonly string[] {
  const random = createRandom(seed);
  const knobs = knobsOf(chart);
  const all: string[] = ['{}\n', `${JSON.stringify(switchedOn(knobs), null, 1)}\n`];
  for (let index = 0; all.length < count; index += 1) {
    const mood = moods[index % moods.length] as Mood;
    all.push(`${JSON.stringify(valuesOf(random, knobs, mood), null, 1)}\n`);
  }
  return all.slice(0, count);
}

function switchedOn(knobs: readonly Knob[]): Json {
  return assemble(knobs.filter(({ value }) => value === false).map(({ path }) => [path, true]));
}

function valuesOf(random: Random, knobs: readonly Knob[], mood: Mood): Json {
  const chosen: [Path, Json][] = [];
  for (const knob of knobs) {
    const value = turned(random, knob, mood);
    if (value !== undefined) chosen.push([knob.path, value]);
  }
  return assemble(chosen);
}

function turned(random: Random, { path, value, words }: Knob, mood: Mood): Json | undefined {
  if (random.chance(mood.wrong)) return random.pick(oddities);
  if (words.length > 0 && random.chance(mood.word)) return random.pick(words);
  if (typeof value === 'boolean') return random.chance(mood.toggle) ? !value : undefined;
  if (value === undefined) return random.chance(mood.fill / 4) ? filler(random, path) : undefined;
  if (isEmpty(value)) return random.chance(mood.fill) ? filling(random, path, value) : undefined;
  return random.chance(mood.change) ? changed(random, value) : undefined;
}

const oddities: readonly Json[] = [
  null,
  'text',
  0,
  7,
  1.5,
  true,
  [],
  ['a', 1],
  {},
  { a: 1 },
  '',
  -1,
  '{{ .Release.Name }}',
];

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function changed(random: Random, value: Json): Json {
  if (typeof value === 'number') return random.pick([0, 1, value + 1, value * 10, value / 2]);
  if (typeof value === 'string') {
    return random.pick([
      `${value}-x`,
      '',
      'a "quoted" text',
      '{{ .Release.Name }}-t',
      'two\nlines\n',
      '0123',
      'yes',
    ]);
  }
  return Array.isArray(value) ? value.slice(1) : null;
}

/** What suits an empty value of the chart's. */
function filling(random: Random, path: Path, value: Json): Json {
  if (value === '') return random.pick(['some-text', 'x: 1', '1', 'example.org']);
  if (Array.isArray(value)) return listFor(random, path);
  return value === null ? filler(random, path) : mapFor(random, path);
}

function filler(random: Random, path: Path): Json {
  const name = (path.at(-1) ?? '').toLowerCase();
  if (/enabled$|^create$|^use|^enable|^disable/.test(name)) return true;
  if (/port$|count$|seconds$|replicas$|limit$/.test(name)) return random.pick([0, 1, 8080]);
  if (/^(?:affinity|resources|nodeselector|.*labels|.*annotations|.*context|.*selector)$/.test(name)) {
    return mapFor(random, path);
  }
  if (/^(?:tolerations|extra.*|hosts|tls|.*secrets|.*volumes|.*mounts|args|command)$/.test(name)) {
    return listFor(random, path);
  }
  return random.pick<Json>(['set', 'set', true, 3, { key: 'value' }, ['one', 'two']]);
}

const listsByEnding: readonly (readonly [string, Json])[] = [
  [
    'env',
    [
      { name: 'A', value: 'b' },
      { name: 'C', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    ],
  ],
  ['envvars', [{ name: 'A', value: '{{ .Release.Name }}' }]],
  ['tolerations', [{ key: 'k', operator: 'Exists', effect: 'NoSchedule' }]],
  ['volumes', [{ name: 'v', emptyDir: {} }]],
  ['mounts', [{ name: 'v', mountPath: '/v', readOnly: true }]],
  ['containers', [{ name: 'side', image: 'busybox:1', args: ['{{ .Release.Name }}'] }]],
  ['tls', [{ hosts: ['a.example'], secretName: 't' }]],
];

const mapsByEnding: readonly (readonly [string, Json])[] = [
  ['resources', { limits: { cpu: '100m', memory: '1Gi' }, requests: { cpu: 1 } }],
  ['context', { enabled: true, runAsUser: 1000, fsGroup: 1001 }],
  ['affinity', { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } }],
];

/** What suits a key by its ending. */
function byEnding(endings: readonly (readonly [string, Json])[], path: Path): Json | undefined {
  const name = (path.at(-1) ?? '').toLowerCase();
  return endings.find(([ending]) => name.endsWith(ending))?.[1];
}

function listFor(random: Random, path: Path): Json {
  return (
    byEnding(listsByEnding, path) ??
    random.pick<Json>([
      ['one', 'two'],
      [{ name: 'n', value: 'v', host: 'h.example', paths: ['/'], port: 80 }],
      ['{{ .Release.Name }}'],
    ])
  );
}

function mapFor(random: Random, path: Path): Json {
  return (
    byEnding(mapsByEnding, path) ??
    random.pick<Json>([
      { key: 'value', 'app.example/name': 'n' },
      { a: '1', b: 'true', c: 'x: y', 'd-e': '{{ .Release.Name }}' },
      { name: 'n', enabled: true, port: 80, items: [1, 'two'] },
    ])
  );
}

/** Everything that can be turned: leaves of the values of a chart and its subcharts, and paths that templates read. */
function knobsOf(chart: Chart): readonly Knob[] {
  const defaults = new Map<string, readonly [Path, Json]>();
  addLeaves(defaults, [], toJs(chart.values) as Json);
  for (const dependency of chart.dependencies) {
    addLeaves(defaults, [dependency.metadata.name], toJs(dependency.values) as Json);
  }
  const asked = askedByTemplates(chart);
  const knobs: Knob[] = [...defaults].map(([key, [path, value]]) => ({
    path,
    value,
    words: asked.get(key) ?? [],
  }));
  for (const [key, words] of asked) {
    if (!isKnown(defaults, key)) knobs.push({ path: key.split('.'), value: undefined, words });
  }
  return knobs.sort((one, other) => one.path.length - other.path.length);
}

function isKnown(defaults: ReadonlyMap<string, unknown>, key: string): boolean {
  if (defaults.has(key)) return true;
  for (const each of defaults.keys()) if (each.startsWith(`${key}.`)) return true;
  return false;
}

function addLeaves(leaves: Map<string, readonly [Path, Json]>, path: Path, value: Json): void {
  const isBranch = value !== null && typeof value === 'object' && !Array.isArray(value) && !isEmpty(value);
  if (!isBranch || path.length > 7) {
    if (path.length > 0) leaves.set(path.join('.'), [path, value]);
    return;
  }
  for (const [key, each] of Object.entries(value)) addLeaves(leaves, [...path, key], each);
}

/** Paths below `.Values` that templates read, with the words they are compared with. */
function askedByTemplates(chart: Chart): ReadonlyMap<string, readonly string[]> {
  const asked = new Map<string, string[]>();
  for (const { data } of chart.templates) {
    const text = decodeBytes(data);
    for (const [, path = ''] of text.matchAll(/\.Values\.([A-Za-z][\w.]*\w)/g))
      asked.set(path, asked.get(path) ?? []);
    for (const [, path = '', word = ''] of text.matchAll(/(?:eq|ne) +\.Values\.([\w.]+) +"([^"]*)"/g)) {
      asked.get(path)?.push(word);
    }
  }
  return asked;
}

/** A tree from paths; a later path below a value that is no map is left out. */
function assemble(entries: readonly (readonly [Path, Json])[]): Json {
  const root: Record<string, unknown> = {};
  for (const [path, value] of entries) place(root, path, value);
  return root as Json;
}

function place(root: Record<string, unknown>, path: Path, value: Json): void {
  let at = root;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    const next = at[key];
    if (next === null || typeof next !== 'object' || Array.isArray(next)) return;
    at = next as Record<string, unknown>;
  }
  const last = path.at(-1) as string;
  at[last] ??= structuredClone(value);
}
