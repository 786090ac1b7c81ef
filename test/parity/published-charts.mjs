#!/usr/bin/env node
// Compares charts as their authors published them with real helm and helmfile (test/parity/published-charts): those of the shared
// repository, and those of published-charts.json, which git fetches from GitHub and lays into a cache. Its last line has the figures.
//   node test/parity/published-charts.mjs [--from BASE] [--cache FOLDER] [--values N] [--seed N] [--step N] [--only PATTERN]
// --from    what repositories are fetched from: an address or a folder of clones (default https://github.com)
// --cache   where the charts are laid (default ~/.cache/flotilla-published-charts)
// --values  values files for each chart, the empty one counted (default 21)
// --step    takes every Nth chart of the list only (default 1)
// --only    takes only charts whose repository and path match
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: 'https://github.com' },
    cache: { type: 'string' },
    values: { type: 'string', default: '21' },
    seed: { type: 'string', default: '1' },
    step: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'published-'));
const summary = join(folder, 'summary.txt');
const env = {
  ...process.env,
  PUBLISHED_SUMMARY: summary,
  PUBLISHED_FROM: values.from,
  PUBLISHED_VALUES: values.values,
  PUBLISHED_SEED: values.seed,
  PUBLISHED_STEP: values.step,
  PUBLISHED_ONLY: values.only,
  ...(values.cache === undefined ? {} : { PUBLISHED_CACHE: values.cache }),
};
const config = ['--config', 'vitest.references.config.ts'];
const { status } = spawnSync('npx', ['vitest', 'run', ...config, 'test/parity/published-charts'], {
  env,
  stdio: 'inherit',
});
console.log(readFileSync(summary, 'utf8').trimEnd());
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
