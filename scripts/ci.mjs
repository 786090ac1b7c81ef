// Runs the checks of .ci/run one after another and sums up what the test runners counted. What is skipped is named at the end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = mkdtempSync(join(tmpdir(), 'flotilla-ci-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
const skips = [];

function section(title) {
  console.log(`\n## ${title}`);
}

function run(command, args, options = {}) {
  const started = Date.now();
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  console.log(`(${command} ${args.join(' ')}: ${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return result.status === 0;
}

/** One pass or failure for a step that counts as a whole. */
function check(title, command, args) {
  section(title);
  const isGood = run(command, args);
  totals[isGood ? 'passed' : 'failed'] += 1;
  return isGood;
}

function suite(title, script) {
  section(title);
  const report = join(reports, `${script.replaceAll(':', '-')}.json`);
  const isGood = run('npm', [
    'run',
    '--silent',
    script,
    '--',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  ]);
  if (!existsSync(report)) {
    totals.failed += 1;
    return;
  }
  const results = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += results.numPassedTests;
  totals.failed += results.numFailedTests;
  if (!isGood && results.numFailedTests === 0) totals.failed += Math.max(1, results.numFailedTestSuites);
  for (const { name, assertionResults } of results.testResults) {
    const count = assertionResults.filter(({ status }) => !['passed', 'failed'].includes(status)).length;
    if (count > 0) skip(count, `${relative(root, name)} (its reason stands above, where it ran)`);
  }
}

function skip(count, what) {
  totals.skipped += count;
  skips.push(`SKIPPED ${count}: ${what}`);
}

function hasGo() {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

/** Without Go there is nothing to compare with; with Go a reference that cannot be built is a failure. */
function compareWithReferences() {
  if (!hasGo()) {
    skip(1, 'npm run test:references: Go is not installed, so the reference programs cannot be built');
    return;
  }
  if (check('reference programs', 'node', ['scripts/references.mjs']))
    suite('test against the references', 'test:references');
}

section('install');
if (run('node', ['scripts/ready.mjs'])) {
  check('lint', 'npm', ['run', '--silent', 'lint']);
  check('types', 'npm', ['run', '--silent', 'types']);
  check('unused code', 'npx', ['knip']);
  check('packages', 'npm', ['run', '--silent', 'packages']);
  check('packages as they are installed', 'node', ['scripts/packed.mjs']);
  suite('test', 'test');
  compareWithReferences();
} else totals.failed += 1;

rmSync(reports, { recursive: true, force: true });
if (skips.length > 0) section(`skipped\n${skips.join('\n')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
