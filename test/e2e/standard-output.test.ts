import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bins, TempProject } from '../support/built-cli.ts';

/** Output far larger than a pipe holds (64 KiB), to readers and files that make trouble. */
const size = 4_000_000;

function bigProject(): TempProject {
  const release = `- name: web\n  chart: ./web\n  values:\n  - text: ${'x'.repeat(size)}\n`;
  return new TempProject({ 'helmfile.yaml': `releases:\n${release}` });
}

interface Shelled {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A line of shell in which `$BUILD` prints the whole file. */
function shell(line: string): Shelled {
  using project = bigProject();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: project.directory,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: project.directory,
      NODE: process.execPath,
      BUILD: `${process.execPath} ${join(bins, 'helmfile')} build`,
    },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 30_000,
  });
  return { code: status, stdout, stderr };
}

const lines = /x{4000000}\n/;

test('a reader that is slow gets everything', () => {
  const { stdout, stderr } = shell('$BUILD | (sleep 1; cat)');
  expect(stdout).toMatch(lines);
  expect(stderr).toBe('');
});

test('a pipe that somebody made non-blocking gets everything', () => {
  // Node leaves it so when it is killed.
  const unblock = `$NODE -e 'process.stdout.write("");process.kill(process.pid,"SIGKILL")'`;
  const { stdout } = shell(`(${unblock}; $BUILD; echo "exit $?") 2>&1 | (sleep 1; cat)`);
  expect(stdout).toMatch(lines);
  expect(stdout).toMatch(/exit 0\n$/);
});

test('a socket gets everything', async () => {
  using project = bigProject();
  const { stdout, code } = await project.run(['build'], { program: 'helmfile' });
  expect(stdout).toMatch(lines);
  expect(code).toBe(0);
});

test('a file gets everything', () => {
  expect(shell('$BUILD > out && cat out').stdout).toMatch(lines);
});

test('a reader that has seen enough ends the output, not the run', () => {
  const { stdout, stderr } = shell('($BUILD; echo "exit $?" >&2) | head -c 10');
  expect(stdout).toHaveLength(10);
  expect(stderr).toBe('exit 0\n');
});

test('a reader of problems that has gone is no problem', () => {
  expect(
    shell('($BUILD -e nowhere -f gone.yaml 2>&1 >/dev/null; echo "exit $?" >&3) 3>&2 | true').stderr,
  ).toBe('exit 1\n');
});

test.skipIf(!existsSync('/dev/full'))('a full disk is told', () => {
  const { code, stderr } = shell('$BUILD > /dev/full');
  expect(code).not.toBe(0);
  expect(stderr).toContain('ENOSPC');
});
