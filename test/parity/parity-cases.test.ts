import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CaseStep, layFiles, type ParityCase, parseCase, printCase } from '../support/case-file.ts';
import { reference } from '../support/references.ts';
import { expectedOf, saysError, startsHelm } from './known-differences.ts';
import { runStep } from './reference-run.ts';

/**
 * Checks that the recorded cases are still what real helmfile prints; UPDATE_CASES=1 records them anew, CASES picks by name.
 * Steps that start helm are played against ours here, both with the same helm 4; test/unit plays the others.
 */
const folder = join(import.meta.dirname, 'cases');
const ours = join(import.meta.dirname, '../../node_modules/.bin/helmfile');
const helmfile = reference('helmfile');
const isUpdate = process.env['UPDATE_CASES'] === '1';
const only = process.env['CASES'] ?? '';

const isMissing = helmfile === undefined || reference('helm4') === undefined;
if (isMissing) console.warn('SKIPPED: helmfile and helm are not built; run node scripts/references.mjs');

for (const name of readdirSync(folder).filter((each) => each.endsWith('.case') && each.includes(only))) {
  const path = join(folder, name);
  const parityCase = parseCase(readFileSync(path, 'utf8'));
  test.skipIf(isMissing)(`real: ${name}`, () => {
    inFolder(parityCase, (work) => {
      const steps = parityCase.steps.map((step) => runStep(step, work, [helmfile ?? '']));
      const text = printCase({ ...parityCase, steps });
      if (isUpdate) writeFileSync(path, text);
      else expect(text).toBe(printCase(parityCase));
    });
  });
  if (isUpdate || !parityCase.steps.some(startsHelm)) continue;
  test.skipIf(isMissing)(`ours with helm: ${name}`, () => {
    inFolder(parityCase, (work) => {
      for (const [index, step] of parityCase.steps.entries()) playStep(step, `${name}#${index + 1}`, work);
    });
  });
}

function playStep(step: CaseStep, key: string, work: string): void {
  const { error, ...result } = runStep(step, work, [ours, '--executor', 'helm']);
  if (!startsHelm(step)) return;
  const { error: _error, ...expected } = expectedOf(step, key);
  expect(result, key).toEqual(expected);
  expect(saysError(error, step, key), `${key}: ${error}`).toBe(true);
}

function inFolder(parityCase: ParityCase, work: (folder: string) => void): void {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'case-')));
  try {
    layFiles(parityCase.files, place);
    work(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
    rmSync(`${place}-bin`, { recursive: true, force: true });
  }
}
