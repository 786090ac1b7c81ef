// Deploys examples/quickstart: loads, plans, asks, applies, reports. Usage: node deploy.mjs [environment] [--yes]
import { createInterface } from 'node:readline/promises';
import { DiagnosticsError, formatDiagnostic, open } from 'flotilla';

const [environment = 'production'] = process.argv.slice(2).filter((word) => word !== '--yes');
const isSure = process.argv.includes('--yes');
const directory = new URL('../quickstart', import.meta.url).pathname;
const stop = new AbortController();
process.once('SIGINT', () => stop.abort('graceful'));

try {
  const flotilla = await open({ directory, environment });
  const state = await flotilla.load();
  console.log(`${state.files.flatMap((file) => file.releases).length} releases in ${environment}`);

  const plan = await flotilla.plan({ signal: stop.signal });
  for (const { kind, release } of plan.changes) console.log(`${kind.padEnd(10)} ${release}`);
  if (!plan.hasChanges) process.exit(0);
  if (!isSure && !(await isConfirmed('Apply?'))) process.exit(0);

  const report = await flotilla.apply({
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === 'release.finished') console.log(`${event.release}: ${event.outcome.kind}`);
    },
  });
  process.exitCode = report.exit.code;
} catch (error) {
  if (!(error instanceof DiagnosticsError)) throw error;
  for (const diagnostic of error.diagnostics) console.error(formatDiagnostic(diagnostic));
  process.exitCode = 1;
}

async function isConfirmed(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return (await terminal.question(`${question} [y/n] `)).trim() === 'y';
}
