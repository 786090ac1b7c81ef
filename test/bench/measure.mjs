// Runs commands in turn and takes medians of wall time, cpu time and peak memory (GNU time where it is installed).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const references =
  process.env.TESTBED_BIN ?? join(homedir(), '.cache/flotilla-references/2026-11/bin');
const timeProgram = ['/usr/bin/time', '/bin/time'].find(existsSync);

/** One run of `argv`: milliseconds, cpu milliseconds, peak memory in MiB (undefined without GNU time). */
export function runOnce(argv, { cwd, env } = {}) {
  const command = timeProgram === undefined ? argv : [timeProgram, '-f', '\n@time %U %S %M', ...argv];
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    timeout: 600_000,
  });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  const [, user, system, kilobytes] = /\n@time ([\d.]+) ([\d.]+) (\d+)\s*$/.exec(stderr) ?? [];
  return {
    status,
    stdout,
    stderr,
    wall,
    cpu: user === undefined ? undefined : (Number(user) + Number(system)) * 1000,
    memory: kilobytes === undefined ? undefined : Number(kilobytes) / 1024,
  };
}

export function median(values) {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  return sorted.length === 0 ? undefined : sorted[Math.floor(sorted.length / 2)];
}

/** Runs each contender `rounds` times, alternating, after one warm-up each. */
export function compare(contenders, { rounds, ...options }) {
  const runs = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, argv, env } of contenders) {
      const result = runOnce(argv, { ...options, env: { ...options.env, ...env } });
      if (round >= 0) runs.get(name).push(result);
      if (result.status !== 0 && round < 0)
        console.log(`  ${name} exits ${result.status}: ${result.stderr.slice(0, 300)}`);
    }
  }
  return new Map(
    [...runs].map(([name, results]) => [
      name,
      {
        wall: median(results.map((r) => r.wall)),
        cpu: median(results.map((r) => r.cpu)),
        memory: median(results.map((r) => r.memory)),
        output: results[0]?.stdout,
      },
    ]),
  );
}

const number = (value, digits = 0) => (value === undefined ? '-' : value.toFixed(digits));

/** Prints one row per contender with its ratio to the reference. */
export function report(title, results, reference, limits = {}) {
  console.log(`\n${title}`);
  const base = results.get(reference);
  for (const [name, { wall, cpu, memory }] of results) {
    const ratio = base === undefined ? undefined : wall / base.wall;
    const limit =
      limits[name] === undefined
        ? ''
        : `  (limit ${limits[name]}: ${ratio <= limits[name] ? 'met' : 'NOT met'})`;
    const share =
      base?.memory === undefined || memory === undefined
        ? ''
        : `  memory ratio ${number(memory / base.memory, 2)}`;
    console.log(
      `  ${name.padEnd(22)} ${number(wall).padStart(7)} ms  ${number(cpu).padStart(7)} ms cpu  ${number(memory).padStart(5)} MiB  ratio ${number(ratio, 3)}${share}${limit}`,
    );
  }
}
