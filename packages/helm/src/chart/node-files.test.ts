import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoError } from '@flotilla/gocompat';
import { expect, onTestFinished, test } from 'vitest';
import { loadChart } from './load-chart.ts';
import { nodeChartSource } from './node-files.ts';

test('a link to nowhere is refused by the first part of its path that is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chart-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: app\nversion: 1.0.0\n');
  symlinkSync('gone/deeper/file', join(folder, 'link'));
  expect(() => loadChart(nodeChartSource(folder))).toThrow(
    new GoError(`error evaluating symlink ${folder}/link: lstat ${folder}/gone: no such file or directory`),
  );
});
