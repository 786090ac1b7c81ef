import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type CaseStep, errorText, normalise, readWritten } from '../support/case-file.ts';
import { reference } from '../support/references.ts';

/** One step of a case, run by a program in the case's folder; `helm` on its path is the real one. */
export function runStep(step: CaseStep, work: string, program: readonly string[]): CaseStep {
  const [command = '', ...before] = program;
  const { stdout, stderr, status } = spawnSync(command, [...before, ...step.argv], {
    cwd: work,
    env: {
      PATH: [binFolder(work), process.env['PATH'] ?? ''].join(delimiter),
      HOME: work,
      TZ: 'UTC',
      HELMFILE_UPGRADE_NOTICE_DISABLED: '1',
      ...step.env,
    },
    encoding: 'utf8',
    timeout: 120_000,
    input: step.input === undefined ? '' : readFileSync(join(work, step.input), 'utf8'),
  });
  const exitCode = status ?? -1;
  return {
    ...step,
    stdout: normalise(stdout, work),
    exitCode,
    error: exitCode === 0 ? '' : errorText(stderr, work),
    written: readWritten(step, work),
  };
}

function binFolder(work: string): string {
  const bin = `${work}-bin`;
  mkdirSync(bin, { recursive: true });
  try {
    symlinkSync(reference('helm4') ?? '', join(bin, 'helm'));
  } catch {
    // The link of an earlier step is there.
  }
  return bin;
}
