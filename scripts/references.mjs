// Builds the real programs the parity and cluster suites compare with, once, into a cache folder outside the repository.
// Prints the folder. TESTBED_BIN names another one.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const result = spawnSync('bash', [join(root, 'test/references/build'), ...process.argv.slice(2)], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exitCode = result.status ?? 1;
