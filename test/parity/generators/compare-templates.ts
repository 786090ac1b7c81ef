import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dict, fromJs, GoError, GoTime, parseYamlDocuments } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import { formatTemplateOutput, loadChart, memoryChartFiles, renderChart } from '@flotilla/helm';
import { generateTemplate, templateValues } from './generate-template.ts';
import { createRandom, shrink } from './random.ts';
import { runProgram } from './run-program.ts';

/**
 * Generated templates through ours and real helm. In: a seed and a count. Out: how many agree, and the smallest ones that do not.
 * Templates that ours renders go to helm many at a time; each that ours refuses goes alone and must fail in the same words.
 */

export interface Comparison {
  readonly compared: number;
  /** How many of them fail, in both. */
  readonly failing: number;
  readonly differences: readonly string[];
}

export interface CompareOptions {
  readonly seed: number;
  readonly count: number;
  readonly program: string;
}

const batchSize = 250;
const maximumReported = 20;

interface Sample {
  readonly pieces: readonly string[];
  readonly ours: Outcome;
}

/** The text a template gives, or what is said when it fails. */
type Outcome = { readonly text: string } | { readonly error: string };

export async function compareTemplates({ seed, count, program }: CompareOptions): Promise<Comparison> {
  const random = createRandom(seed);
  const differences: string[] = [];
  let failing = 0;
  let compared = 0;
  while (compared < count && differences.length < maximumReported) {
    const size = Math.min(batchSize, count - compared);
    const samples: Sample[] = [];
    for (let index = 0; index < size; index += 1) {
      const pieces = generateTemplate(random);
      samples.push({ pieces, ours: await renderOurs(pieces) });
    }
    const rendered = samples.filter(({ ours }) => 'text' in ours);
    const refused = samples.filter(({ ours }) => 'error' in ours);
    const suspects = [...(await differing(rendered, program)), ...refused];
    const found = await mapTwo(suspects, async (sample) => await differenceOf(sample.pieces, program));
    differences.push(...found.filter((each) => each !== undefined));
    failing += refused.length;
    compared += size;
  }
  return { compared, failing, differences };
}

/** Rendered samples that helm does not render alike, found by halving. */
async function differing(samples: readonly Sample[], program: string): Promise<readonly Sample[]> {
  if (samples.length === 0) return [];
  const theirs = await renderTheirs(
    samples.map(({ pieces }) => pieces),
    program,
  );
  if ('texts' in theirs) {
    return samples.filter(({ ours }, index) => !('text' in ours) || ours.text !== theirs.texts[index]);
  }
  if (samples.length === 1) return samples;
  const middle = samples.length >> 1;
  return [
    ...(await differing(samples.slice(0, middle), program)),
    ...(await differing(samples.slice(middle), program)),
  ];
}

async function differenceOf(pieces: readonly string[], program: string): Promise<string | undefined> {
  const isDifferent = async (some: readonly string[]): Promise<boolean> =>
    (await describe(some, program)) !== undefined;
  if (!(await isDifferent(pieces))) return undefined;
  return await describe(await shrink(pieces, isDifferent), program);
}

async function describe(pieces: readonly string[], program: string): Promise<string | undefined> {
  const ours = await renderOurs(pieces);
  const theirs = await renderTheirs([pieces], program);
  const real: Outcome = 'texts' in theirs ? { text: theirs.texts[0] ?? '' } : theirs;
  const isSame =
    'text' in ours ? 'text' in real && ours.text === real.text : 'error' in real && ours.error === real.error;
  return isSame
    ? undefined
    : `${JSON.stringify(pieces.join(''))}\n  helm: ${JSON.stringify(real)}\n  ours: ${JSON.stringify(ours)}`;
}

/** A template around the generated one: its text comes out as JSON, and its lines start at 1. */
function templateFile(pieces: readonly string[], index: number): string {
  return `{{ define "g${index}" }}${pieces.join('')}{{ end }}\nkind: G\ntext: {{ include "g${index}" (dict "Values" .Values "Release" .Release "name" "root") | toJson }}\n`;
}

function chartFiles(all: readonly (readonly string[])[]): Readonly<Record<string, string>> {
  const templates = all.map((pieces, index) => [
    `templates/t${String(index).padStart(3, '0')}.yaml`,
    templateFile(pieces, index),
  ]);
  return {
    'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.2.3\n',
    'values.yaml': templateValues,
    ...Object.fromEntries(templates),
  };
}

const utc = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };
const host: TemplateHost = {
  now: () => new GoTime(1_700_000_000, 0, utc),
  localZone: () => utc,
  env: () => '',
  randomBytes: (count) => new Uint8Array(count),
  lookupHost: () => [],
};

async function renderOurs(pieces: readonly string[]): Promise<Outcome> {
  try {
    const source = { kind: 'directory', files: memoryChartFiles(chartFiles([pieces])) } as const;
    const rendered = await renderChart(loadChart(source), {
      values: fromJs({}, 'float64') as Dict,
      release: { name: 'rel', namespace: 'ns', revision: 1, isInstall: true, isUpgrade: false },
      host,
    });
    return { text: textsOf(formatTemplateOutput(rendered))[0] ?? '' };
  } catch (error) {
    if (error instanceof GoError) return { error: error.message.trimEnd() };
    throw error;
  }
}

type Rendered = { readonly texts: readonly string[] } | { readonly error: string };

async function renderTheirs(all: readonly (readonly string[])[], program: string): Promise<Rendered> {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'));
  try {
    mkdirSync(join(folder, 'templates'));
    for (const [name, text] of Object.entries(chartFiles(all))) writeFileSync(join(folder, name), text);
    const { code, stdout, stderr } = await runProgram(
      program,
      ['template', 'rel', folder, '--namespace', 'ns'],
      folder,
    );
    if (code === 0) return { texts: textsOf(stdout) };
    const error = stderr.replace(/^(?:level=|I\d{4} |W\d{4} ).*\n/gm, '').replace(/^Error: /, '');
    return { error: error.replace(/\n\nUse --debug flag to render out invalid YAML\n$/, '').trimEnd() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textsOf(output: string): readonly string[] {
  return parseYamlDocuments(output, { dialect: 'v2' }).map((document) =>
    String((document as Dict)?.['text']),
  );
}

/** Two at a time. */
async function mapTwo<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T);
  };
  await Promise.all([worker(), worker()]);
  return results;
}
