import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'flotilla';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import knownDifferences from '../parity/known-differences.json' with { type: 'json' };
import { layFiles, normalise, type ParityCase, parseCase } from '../support/case-file.ts';
import { memoryHost } from '../support/memory-host.ts';

/** Our answers against what real helmfile 1.8.0 printed; test/parity/parity-cases.test.ts records and re-checks those. */
const folder = join(import.meta.dirname, '../parity/cases');
const differences: Readonly<
  Record<string, { readonly reason: string; readonly stdout?: string; readonly exitCode?: number }>
> = knownDifferences;

/** Commands that start helm; they are compared where helm is, in test/parity. */
const needsHelm = /^(?:template|lint|fetch|deps|repos|sync|apply|diff|destroy|status|test|unittest)$/;

for (const name of readdirSync(folder).filter((each) => each.endsWith('.case'))) {
  const parityCase = parseCase(readFileSync(join(folder, name), 'utf8'));
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
    if (step.argv.some((word) => needsHelm.test(word))) continue;
    test(`${index + 1} $ ${step.line}`, async () => {
      const env = { PATH: process.env['PATH'] ?? '', HOME: work(), ...step.env };
      const host = memoryHost({ argv: step.argv, workingDirectory: work(), env });
      const code = await run(host);
      const known = differences[`${name}#${index + 1}`];
      expect({ stdout: normalise(host.output(), work()), exitCode: code }).toEqual({
        stdout: known?.stdout ?? step.stdout,
        exitCode: known?.exitCode ?? step.exitCode,
      });
    });
  }
}
