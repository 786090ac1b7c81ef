// Runs the checks of .ci/run one after another and sums up what the test runners counted.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = mkdtempSync(join(tmpdir(), 'flotilla-ci-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

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
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  totals.passed += numPassedTests;
  totals.failed += numFailedTests;
  totals.skipped += numPendingTests + numTodoTests;
  if (!isGood && numFailedTests === 0) totals.failed += Math.max(1, numFailedTestSuites);
}

function hasGo() {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

function referencesOrReason() {
  if (!hasGo()) return 'Go is not installed, so the reference programs cannot be built';
  const result = spawnSync('node', ['scripts/references.mjs'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return result.status === 0 ? undefined : 'the reference programs could not be built';
}

section('install');
if (run('node', ['scripts/ready.mjs'])) {
  check('lint', 'npm', ['run', '--silent', 'lint']);
  check('types', 'npm', ['run', '--silent', 'types']);
  check('unused code', 'npx', ['knip']);
  check('packages', 'npm', ['run', '--silent', 'packages']);
  suite('test', 'test');
  const reason = referencesOrReason();
  if (reason === undefined) suite('test against the references', 'test:references');
  else {
    section('test against the references');
    console.log(`SKIPPED: ${reason}. The parity and cluster suites did not run.`);
    totals.skipped += 1;
  }
} else totals.failed += 1;

rmSync(reports, { recursive: true, force: true });
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
