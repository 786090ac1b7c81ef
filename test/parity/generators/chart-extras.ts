import type { ChartPiece } from './generate-chart-values.ts';
import type { Random } from './random.ts';

/** What a generated chart has beside its templates, or has wrong: files, CRDs, a schema, `.helmignore`, documents that are none. */

interface Extra {
  readonly path: string;
  /** One of them is what the file holds. */
  readonly texts: readonly string[];
  readonly chance: number;
}

const usual = 0.2;

const extras: readonly Extra[] = [
  {
    path: 'files/one.txt',
    texts: ['one\ntwo\n', '', 'no end', '\ttab: x\n', 'crlf\r\nline\r\n'],
    chance: usual,
  },
  { path: 'files/two.txt', texts: ['é {{ .Values }}\n'], chance: usual },
  { path: 'files/deep/three.txt', texts: ['3'], chance: usual },
  {
    path: 'crds/crd.yaml',
    texts: ['apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: c }\n'],
    chance: usual,
  },
  {
    path: 'crds/more.yaml',
    texts: ['---\nkind: CustomResourceDefinition\n---\n# {{ not rendered }}\nkind: X\n'],
    chance: usual,
  },
  {
    path: '.helmignore',
    texts: ['files/two.txt\n', '*.txt\n', '# none\n\nnotes\n', 'crds/\n', '/files/deep\n'],
    chance: usual,
  },
  {
    path: 'templates/empty.yaml',
    texts: ['', '\n', '# only words\n', '{{- /* nothing */ -}}\n', '---\n---\n'],
    chance: usual,
  },
  { path: 'README.md', texts: ['# read\n'], chance: usual },
  {
    path: 'templates/odd.yaml',
    texts: ['kind: [\n', '- a\n- b\n', 'text\n', 'a: 1\na: 2\n', 'kind: List\nitems: []\n', '\tkind: x\n'],
    chance: 0.02,
  },
];

/** Some of these files below `folder`. */
export function extraPieces(random: Random, folder: string): readonly ChartPiece[] {
  const files = extras
    .filter(({ chance }) => random.chance(chance))
    .map(({ path, texts }) => ({ path: `${folder}${path}`, text: random.pick(texts) }));
  const schemas = random.chance(0.04) ? [{ path: `${folder}values.schema.json`, text: schema(random) }] : [];
  return [...files, ...schemas];
}

const demands: readonly unknown[] = [
  { type: 'string' },
  { type: ['number', 'null'] },
  { type: 'object', required: ['a'] },
  { type: 'integer', minimum: 2 },
  { type: 'array', items: { type: 'string' } },
  { enum: ['word', 1, null] },
  { $ref: '#/definitions/d' },
  { pattern: '^w' },
  true,
];

function schema(random: Random): string {
  const key = random.pick(['num', 'text', 'map', 'list', 'replicas', 'global', 'alpha']);
  return JSON.stringify({
    $schema: random.pick([
      'http://json-schema.org/draft-07/schema#',
      'https://json-schema.org/draft/2020-12/schema',
      undefined,
    ]),
    definitions: { d: { type: 'boolean' } },
    properties: { [key]: random.pick(demands) },
    ...(random.chance(0.2) ? { additionalProperties: false } : {}),
    ...(random.chance(0.2) ? { required: ['map'] } : {}),
  });
}
