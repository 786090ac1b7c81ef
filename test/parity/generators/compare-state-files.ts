import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'flotilla';
import { errorText, normalise } from '../../support/case-file.ts';
import { memoryHost } from '../../support/memory-host.ts';
import type { CompareOptions, Comparison } from './compare-templates.ts';
import { generateStateFile, joinParts } from './generate-state-file.ts';
import { createRandom, shrink } from './random.ts';
import { runProgram } from './run-program.ts';

/**
 * Generated state files through ours and real helmfile: `build` and `print-env`. Those that ours loads go to helmfile a hundred
 * at a time, as a folder; each that ours refuses goes alone and must be refused in the same words.
 */

const batchSize = 100;
const maximumReported = 20;
const commands = [['build'], ['print-env']] as const;

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly error: string;
}

type Parts = readonly string[];

export async function compareStateFiles({
  seed,
  count,
  program,
  helm,
}: CompareOptions & { readonly helm: string }): Promise<Comparison> {
  const random = createRandom(seed);
  const real = (argv: readonly string[], folder: string): Promise<Answer> =>
    askReal({ program, helm }, argv, folder);
  const differences: string[] = [];
  let [compared, failing] = [0, 0];
  while (compared < count && differences.length < maximumReported) {
    const samples = Array.from({ length: Math.min(batchSize, count - compared) }, () =>
      generateStateFile(random),
    );
    const loaded: Parts[] = [];
    const suspects: Parts[] = [];
    for (const parts of samples) {
      const { code } = await inFolder([parts], (folder) => askOurs(['-f', 'd/000.yaml', 'build'], folder));
      (code === 0 ? loaded : suspects).push(parts);
    }
    failing += suspects.length;
    suspects.push(...(await differing(loaded, real)));
    for (const parts of suspects) {
      const found = await differenceOf(parts, real);
      if (found !== undefined) differences.push(found);
    }
    compared += samples.length;
  }
  return { compared, failing, differences };
}

type Ask = (argv: readonly string[], folder: string) => Promise<Answer>;

/** The files of a folder that come out otherwise; all of them when the folder as a whole cannot be compared. */
async function differing(samples: readonly Parts[], real: Ask): Promise<readonly Parts[]> {
  if (samples.length < 2) return samples;
  const wrong = new Set<number>();
  await inFolder(samples, async (folder) => {
    for (const command of commands) {
      const argv = ['-f', 'd', '--sequential-helmfiles', ...command];
      const [theirs, ours] = [await real(argv, folder), await askOurs(argv, folder)];
      const [expected, given] = [documents(theirs.stdout), documents(ours.stdout)];
      if (theirs.code !== 0 || expected.length !== samples.length)
        for (const index of samples.keys()) wrong.add(index);
      for (const [index, text] of expected.entries()) if (text !== given[index]) wrong.add(index);
    }
  });
  return samples.filter((_sample, index) => wrong.has(index));
}

/** One text for each state file; the folder that helmfile prints twice is printed once. */
function documents(stdout: string): readonly string[] {
  return stdout
    .replaceAll('<WORK><WORK>', '<WORK>')
    .split(/^(?=---\n# {2}Source: )|^---\n(?=filePath: )/m)
    .filter((text) => text !== '');
}

async function differenceOf(parts: Parts, real: Ask): Promise<string | undefined> {
  const isDifferent = async (some: Parts): Promise<boolean> => (await describe(some, real)) !== undefined;
  if (!(await isDifferent(parts))) return undefined;
  return await describe(await shrink(parts, isDifferent), real);
}

async function describe(parts: Parts, real: Ask): Promise<string | undefined> {
  return await inFolder([parts], async (folder) => {
    for (const command of commands) {
      const argv = ['-f', 'd/000.yaml', ...command];
      const [theirs, ours] = [await real(argv, folder), await askOurs(argv, folder)];
      const isSame =
        theirs.code === ours.code &&
        (theirs.code === 0 ? theirs.stdout === ours.stdout : says(ours.error, theirs.error));
      if (!isSame) return `${joinParts(parts)}$ ${command[0]}\n${firstDifference(theirs, ours)}`;
    }
    return undefined;
  });
}

function says(said: string, error: string): boolean {
  return error.split('\n').every((line) => said.includes(line.trimEnd()));
}

function firstDifference(theirs: Answer, ours: Answer): string {
  if (theirs.code !== ours.code || theirs.code !== 0) {
    return `  helmfile: ${theirs.code} ${JSON.stringify(theirs.error)}\n  ours: ${ours.code} ${JSON.stringify(ours.error.slice(0, 600))}`;
  }
  const [expected, given] = [theirs.stdout.split('\n'), ours.stdout.split('\n')];
  const at = expected.findIndex((line, index) => line !== given[index]);
  return `  helmfile: ${JSON.stringify(expected.slice(at, at + 3))}\n  ours: ${JSON.stringify(given.slice(at, at + 3))}`;
}

async function inFolder<T>(samples: readonly Parts[], work: (folder: string) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'generated-')));
  try {
    mkdirSync(join(folder, 'd'));
    for (const [index, parts] of samples.entries()) {
      writeFileSync(join(folder, 'd', `${String(index).padStart(3, '0')}.yaml`), joinParts(parts));
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askOurs(argv: readonly string[], folder: string): Promise<Answer> {
  const host = memoryHost({ argv, workingDirectory: folder, env: { HOME: folder } });
  const code = await run(host);
  return {
    code,
    stdout: normalise(host.output(), folder),
    error: code === 0 ? '' : normalise(host.error(), folder),
  };
}

async function askReal(
  { program, helm }: { readonly program: string; readonly helm: string },
  argv: readonly string[],
  folder: string,
): Promise<Answer> {
  const { code, stdout, stderr } = await runProgram(program, ['--helm-binary', helm, ...argv], folder);
  const tidy = (text: string): string =>
    normalise(text, folder).replaceAll(`helmBinary: ${helm}`, 'helmBinary: helm');
  return { code, stdout: tidy(stdout), error: code === 0 ? '' : errorText(tidy(stderr), folder) };
}
