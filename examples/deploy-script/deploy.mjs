// Deploys examples/quickstart: loads, plans, asks, applies, reports. Usage: node deploy.mjs [environment] [--yes] [--destroy]
import { createInterface } from 'node:readline/promises';
import { DiagnosticsError, formatDiagnostic, open } from 'flotilla';

const words = process.argv.slice(2);
const [environment = 'production'] = words.filter((word) => !word.startsWith('--'));
const stop = new AbortController();
process.once('SIGINT', () => stop.abort('graceful'));
function onEvent(event) {
  if (event.type === 'release.finished') console.log(`${event.release}: ${event.outcome.kind}`);
}

async function isConfirmed(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/n] `).finally(() => terminal.close());
  return answer.trim() === 'y';
}

async function deploy(flotilla) {
  const { files } = await flotilla.load();
  console.log(`${files.flatMap((file) => file.releases).length} releases in ${environment}`);
  const run = { signal: stop.signal, onEvent };
  if (words.includes('--destroy')) return (await flotilla.destroy(run)).exit.code;
  const plan = await flotilla.plan({ signal: run.signal });
  for (const { kind, release } of plan.changes) console.log(`${kind.padEnd(10)} ${release}`);
  if (!plan.hasChanges) return 0;
  if (!words.includes('--yes') && !(await isConfirmed('Apply?'))) return 0;
  return (await flotilla.apply({ ...run, plan })).exit.code;
}

const flotilla = await open({ directory: `${import.meta.dirname}/../quickstart`, environment });
try {
  process.exitCode = await deploy(flotilla).finally(() => flotilla[Symbol.asyncDispose]());
} catch (error) {
  if (!(error instanceof DiagnosticsError)) throw error;
  for (const diagnostic of error.diagnostics) console.error(formatDiagnostic(diagnostic));
  process.exitCode = 1;
}
