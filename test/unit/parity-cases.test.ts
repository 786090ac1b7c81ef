import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'flotilla';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectedOf, knownKeys, saysError, startsHelm } from '../parity/known-differences.ts';
import {
  type CaseStep,
  layFiles,
  normalise,
  type ParityCase,
  parseCase,
  readWritten,
} from '../support/case-file.ts';
import { memoryHost } from '../support/memory-host.ts';

/** Our answers against what real helmfile 1.8.0 printed; test/parity/parity-cases.test.ts records and re-checks those. */
const folder = join(import.meta.dirname, '../parity/cases');
const names = readdirSync(folder).filter((each) => each.endsWith('.case'));

test('known differences name steps that exist', () => {
  const stepCounts = new Map(
    names.map((name) => [name, parseCase(readFileSync(join(folder, name), 'utf8')).steps.length]),
  );
  const lost = knownKeys.filter((key) => {
    const [name = '', step] = key.split('#');
    return Number(step) > (stepCounts.get(name) ?? 0);
  });
  expect(lost).toEqual([]);
});

for (const name of names) {
  const parityCase = parseCase(readFileSync(join(folder, name), 'utf8'));
  if (parityCase.steps.every(startsHelm)) continue;
  describe(`${name.replace('.case', '')}: ${parityCase.why}`, () => {
    let work = '';
    beforeAll(() => {
      work = realpathSync(mkdtempSync(join(tmpdir(), 'case-')));
      layFiles(parityCase.files, work);
    });
    afterAll(() => rmSync(work, { recursive: true, force: true }));
    playSteps(name, parityCase, () => work);
  });
}

function playSteps(name: string, parityCase: ParityCase, work: () => string): void {
  for (const [index, step] of parityCase.steps.entries()) {
    if (startsHelm(step)) continue;
    test(`${index + 1} $ ${step.line}`, async () => {
      await playStep(step, `${name}#${index + 1}`, work());
    });
  }
}

async function playStep(step: CaseStep, key: string, work: string): Promise<void> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: work, ...step.env };
  const stdin = step.input === undefined ? '' : readFileSync(join(work, step.input), 'utf8');
  const host = memoryHost({ argv: step.argv, workingDirectory: work, env, stdin });
  const exitCode = await run(host);
  const error = normalise(host.error(), work);
  const expected = expectedOf(step, key);
  expect(
    { stdout: normalise(host.output(), work), exitCode, written: readWritten(step, work) },
    error,
  ).toEqual({ stdout: expected.stdout, exitCode: expected.exitCode, written: expected.written });
  if (exitCode !== 0) expect(saysError(error, step, key), `${step.error}---- ours:\n${error}`).toBe(true);
}
