// npm run bench -- front|render|cluster: whole processes in turn, one run, medians, ratios against the references. Never fails.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const suites = process.argv.slice(2).filter((word) => !word.startsWith('-'));
for (const suite of suites.length === 0 ? ['front', 'render', 'cluster'] : suites) {
  const path = join(import.meta.dirname, `${suite}.mjs`);
  if (!existsSync(path)) console.log(`no benchmark is called "${suite}"`);
  else await (await import(path)).run();
}
