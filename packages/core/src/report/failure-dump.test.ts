import { expect, it } from 'vitest';
import { failureDump } from './failure-dump.ts';

const transcript = {
  program: '/usr/bin/helm',
  argv: ['helm', 'upgrade', 'é', '--set', '*** STRIP ***', '--set-string', 'a=b'],
  exitCode: 1,
  signal: undefined,
  durationMs: 5,
  stdout: '',
  stderr: 'Error: UPGRADE FAILED: boom\n\n  detail\n',
  combined: 'first\nError: UPGRADE FAILED: boom',
};

it('shows a failed child as Helmfile does, glued last line and all', () => {
  expect(failureDump(transcript)).toBe(`command "/usr/bin/helm" exited with non-zero status:

PATH:
  /usr/bin/helm

ARGS:
  0: helm (4 bytes)
  1: upgrade (7 bytes)
  2: é (2 bytes)
  3: --set (5 bytes)
  4: *** STRIP *** (13 bytes)
  5: --set-string (12 bytes)
  6: a=b (3 bytes)

ERROR:
  exit status 1

EXIT STATUS
  1

STDERR:
  Error: UPGRADE FAILED: boom
    detail

COMBINED OUTPUT:
  first  Error: UPGRADE FAILED: boom`);
});

it('leaves out what a silent child did not print', () => {
  const silent = { ...transcript, argv: ['helm', '--set', 'a=b'], stderr: '', combined: '' };
  expect(failureDump(silent)).toBe(`command "/usr/bin/helm" exited with non-zero status:

PATH:
  /usr/bin/helm

ARGS:
  0: helm (4 bytes)
  1: --set (5 bytes)
  2: a=b (3 bytes)

ERROR:
  exit status 1

EXIT STATUS
  1`);
});
