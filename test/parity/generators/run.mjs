#!/usr/bin/env node
// Compares generated templates and charts with real helm and generated state files with real helmfile.
//   node test/parity/generators/run.mjs [--seed N] [--count M] [--state-files K] [--charts L]
// Without numbers: seed 1, 20000 templates, 5000 state files, 3000 charts. `--count` sets all.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string' },
    'state-files': { type: 'string' },
    charts: { type: 'string' },
  },
});
const env = {
  ...process.env,
  GENERATED_SEED: values.seed ?? '1',
  GENERATED_TEMPLATES: values.count ?? '20000',
  GENERATED_STATE_FILES: values['state-files'] ?? values.count ?? '5000',
  GENERATED_CHARTS: values.charts ?? values.count ?? '3000',
};
const config = ['--config', 'vitest.references.config.ts'];
const { status } = spawnSync('npx', ['vitest', 'run', ...config, 'test/parity/generators'], {
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
