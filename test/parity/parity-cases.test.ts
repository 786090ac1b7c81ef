import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { type CaseStep, layFiles, normalise, parseCase, printCase } from '../support/case-file.ts';
import { reference } from '../support/references.ts';

/**
 * Checks that the recorded cases are still what real helmfile prints; UPDATE_CASES=1 records them anew.
 * Steps that need helm run with helm 4, and ours run beside them.
 */
const folder = join(import.meta.dirname, 'cases');
const helmfile = reference('helmfile');
const helm = reference('helm4');
const isUpdate = process.env['UPDATE_CASES'] === '1';
const only = process.env['CASES'];

const isMissing = helmfile === undefined || helm === undefined;
if (isMissing) console.warn('SKIPPED: helmfile and helm are not built; run node scripts/references.mjs');

for (const name of readdirSync(folder).filter(
  (each) => each.endsWith('.case') && each.includes(only ?? ''),
)) {
  test.skipIf(isMissing)(name, () => {
    const path = join(folder, name);
    const parityCase = parseCase(readFileSync(path, 'utf8'));
    const work = realpathSync(mkdtempSync(join(tmpdir(), 'case-')));
    try {
      layFiles(parityCase.files, work);
      const steps = parityCase.steps.map((step) => runReference(step, work));
      const text = printCase({ ...parityCase, steps });
      if (isUpdate) writeFileSync(path, text);
      else expect(text).toBe(printCase(parityCase));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}

function runReference(step: CaseStep, work: string): CaseStep {
  const bin = join(work, '.bin');
  mkdirSync(bin, { recursive: true });
  try {
    symlinkSync(helm ?? '', join(bin, 'helm'));
  } catch {
    // The link of an earlier step is there.
  }
  const env = {
    PATH: [bin, process.env['PATH'] ?? ''].join(delimiter),
    HOME: work,
    TZ: 'UTC',
    HELMFILE_UPGRADE_NOTICE_DISABLED: '1',
    ...step.env,
  };
  const { stdout, status } = spawnSync(helmfile ?? '', [...step.argv], {
    cwd: work,
    env,
    encoding: 'utf8',
    timeout: 60_000,
    input: '',
  });
  return { ...step, stdout: normalise(stdout, work), exitCode: status ?? -1 };
}
