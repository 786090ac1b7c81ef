import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CompareOptions, Comparison } from './compare-templates.ts';
import { generateChart } from './generate-chart.ts';
import type { ChartPiece } from './generate-chart-values.ts';
import { type AskHelm, askProgram, differenceBetween, type Verdict } from './helm-sides.ts';
import { createRandom, shrink } from './random.ts';

/** Generated charts through `helm template` and `helm lint` of ours and of the real program: what they print and what they say. */

const maximumReported = 20;

export async function compareCharts({ seed, count, program }: CompareOptions): Promise<Comparison> {
  const real = askProgram(program);
  const random = createRandom(seed);
  const differences: string[] = [];
  let [compared, failing] = [0, 0];
  while (compared < count && differences.length < maximumReported) {
    const pieces = generateChart(random);
    const command = random.chance(0.15) ? 'lint' : 'template';
    const { isFailure, difference } = await judge(pieces, command, real);
    if (difference !== undefined) differences.push(await smallest(pieces, command, real));
    if (isFailure) failing += 1;
    compared += 1;
  }
  return { compared, failing, differences };
}

type Command = 'template' | 'lint';

async function smallest(pieces: readonly ChartPiece[], command: Command, real: AskHelm): Promise<string> {
  const isDifferent = async (some: readonly ChartPiece[]): Promise<boolean> =>
    (await judge(some, command, real)).difference !== undefined;
  const few = await shrink(pieces, isDifferent);
  const { difference } = await judge(few, command, real);
  return `${[...filesOf(few)].map(([path, text]) => `-- ${path} --\n${text}`).join('')}${difference}`;
}

async function judge(pieces: readonly ChartPiece[], command: Command, real: AskHelm): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'));
  try {
    const files = filesOf(pieces);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    mkdirSync(join(folder, 'chart'), { recursive: true });
    return await differenceBetween({ argv: argvOf(pieces, command, files), folder, real });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The chart's files below `chart`; values of the user beside it. */
function filesOf(pieces: readonly ChartPiece[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const piece of pieces) {
    if (!('path' in piece)) continue;
    const path = /^(?:user|more)\.yaml$/.test(piece.path) ? piece.path : `chart/${piece.path}`;
    files.set(path, `${files.get(path) ?? ''}${piece.text}`);
  }
  return files;
}

/** Flags that `helm lint` does not have. */
const renderingOnly = new Set([
  '--include-crds',
  '--skip-tests',
  '--no-hooks',
  '--is-upgrade',
  '--api-versions',
  '--show-only',
]);

function argvOf(
  pieces: readonly ChartPiece[],
  command: Command,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const isLint = command === 'lint';
  const words = pieces
    .flatMap((piece) => ('argument' in piece ? [piece.argument] : []))
    .filter(([flag = '', word = '']) =>
      flag === '-f' ? files.has(word) : !(isLint && renderingOnly.has(flag)),
    );
  return [
    ...(isLint ? ['lint', 'chart'] : ['template', 'rel', 'chart']),
    '--namespace',
    'ns',
    ...words.flat(),
  ];
}
