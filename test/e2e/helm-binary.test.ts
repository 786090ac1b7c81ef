import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CliResult, chart, type RunOptions, TempProject } from '../support/built-cli.ts';

/** A helm that is absent, useless, silent or deaf: small scripts play its part. Nothing reaches a cluster. */
const files = {
  ...chart('web'),
  'helmfile.yaml': 'releases:\n- name: web\n  chart: ./web\n- name: api\n  chart: ./web\n  needs: [web]\n',
};

async function sync(helm: string, options: RunOptions = {}): Promise<string> {
  using project = new TempProject(files);
  const path = project.script('helm', helm);
  return shown(await project.run(['sync', '--helm-binary', path], options));
}

function shown({ stderr, code }: CliResult): string {
  return `${stderr.trimEnd()}\nexit ${code}`;
}

const version = 'version) echo v4.3.1+g1234567;;';

describe('helm', () => {
  test('is missing', async () => {
    using project = new TempProject(files);
    const result = await project.run(['sync', '--helm-binary', './no-helm']);
    expect(shown(result)).toMatchInlineSnapshot(`
      "error executor/helm-not-found
        fork/exec ./no-helm: no such file or directory
        help: install Helm, name it with --helm-binary, or use --executor native, which needs none
      exit 1"
    `);
  });

  test('is missing from the path', async () => {
    using project = new TempProject(files);
    const result = await project.run(['sync', '--executor', 'helm'], { env: { PATH: project.directory } });
    expect(shown(result)).toMatchInlineSnapshot(`
      "error executor/helm-not-found
        exec: "helm": executable file not found in $PATH
        help: install Helm, name it with --helm-binary, or use --executor native, which needs none
      exit 1"
    `);
  });

  test('is a directory', async () => {
    using project = new TempProject(files);
    const result = await project.run(['sync', '--helm-binary', './web']);
    expect(shown(result)).toMatchInlineSnapshot(`
      "error executor/helm-not-found
        fork/exec ./web: permission denied
        help: install Helm, name it with --helm-binary, or use --executor native, which needs none
      exit 1"
    `);
  });

  test('is too old', async () => {
    expect(await sync('echo v2.17.0')).toMatchInlineSnapshot(`
      "error executor/unsupported-helm
        helmfile requires helm 3.x or 4.x
        help: name a helm 3 or 4 with --helm-binary, or use --executor native
      exit 1"
    `);
  });

  test('prints garbage', async () => {
    expect(await sync('echo "<html>proxy login</html>"')).toMatchInlineSnapshot(`
      "error executor/unsupported-helm
        error parsing helm version '<html>proxy login</html>': invalid semantic version
        help: name a helm 3 or 4 with --helm-binary, or use --executor native
      exit 1"
    `);
  });

  test('fails with words of its own', async () => {
    const helm = `case $1 in ${version} upgrade) echo "Error: UPGRADE FAILED: cannot do it" >&2; exit 1;; esac`;
    expect(await sync(helm)).toMatchInlineSnapshot(`
      "web: started
      web: failed (0s)
      api: not started: it needs web, which failed
      error executor/unclassified  helmfile.yaml:3:10
        web: UPGRADE FAILED: cannot do it
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 | - name: api
         5 |   chart: ./web
      1 failed, 1 blocked
      exit 1"
    `);
  });

  test('is killed', async () => {
    expect(await sync(`case $1 in ${version} upgrade) kill -9 $$;; esac`)).toMatchInlineSnapshot(`
      "web: started
      web: failed (0s)
      api: not started: it needs web, which failed
      error executor/unclassified  helmfile.yaml:3:10
        web: helm upgrade was ended by SIGKILL
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 | - name: api
         5 |   chart: ./web
      1 failed, 1 blocked
      exit 1"
    `);
  });

  test('ends without a word', async () => {
    expect(await sync(`case $1 in ${version} upgrade) exit 7;; esac`)).toMatchInlineSnapshot(`
      "web: started
      web: failed (0s)
      api: not started: it needs web, which failed
      error executor/unclassified  helmfile.yaml:3:10
        web: helm upgrade failed with exit code 7 and said nothing
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 | - name: api
         5 |   chart: ./web
      1 failed, 1 blocked
      exit 1"
    `);
  });

  test('as helmfile, the reference’s dump is kept', async () => {
    const helm = `case $1 in ${version} upgrade) echo "Error: no" >&2; exit 1;; esac`;
    expect(await sync(helm, { program: 'helmfile' })).toMatchInlineSnapshot(`
      "Building dependency release=web, chart=web
      Building dependency release=api, chart=web
      Upgrading release=web, chart=web, namespace=

      ============== Failed Releases ===============
      NAME   NAMESPACE   CHART    VERSION   DURATION
      web                ./web                    0s

      in ./helmfile.yaml: failed processing release web: command "<DIR>/helm" exited with non-zero status:

      PATH:
        <DIR>/helm

      ARGS:
        0: <DIR>/helm (# bytes)
        1: upgrade (7 bytes)
        2: --install (9 bytes)
        3: web (3 bytes)
        4: web (3 bytes)
        5: --create-namespace (18 bytes)
        6: --reset-values (14 bytes)
        7: --history-max (13 bytes)
        8: 10 (2 bytes)

      ERROR:
        exit status 1

      EXIT STATUS
        1

      STDERR:
        Error: no

      COMBINED OUTPUT:
        Error: no
      error executor/unclassified  helmfile.yaml:3:10
        web: no
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 | - name: api
         5 |   chart: ./web
      exit 1"
    `);
  });
});

/** A helm whose `upgrade` writes its process id and sleeps; `deaf` ones ignore the interrupt. */
function sleeper(isDeaf: boolean): string {
  const trap = isDeaf ? "trap '' INT; " : '';
  return `case $1 in ${version} upgrade) ${trap}echo $$ > pid; echo waiting >&2; exec sleep 60;; esac`;
}

async function interrupt(helm: string, times: 1 | 2): Promise<string> {
  using project = new TempProject(files);
  const path = project.script('helm', helm);
  const { child, result, seen } = project.start(['sync', '--helm-binary', path]);
  await seen('web: started');
  while (!existsSync(join(project.directory, 'pid'))) await pause(20);
  await pause(200);
  child.kill('SIGINT');
  if (times === 2) {
    await seen('interrupt again');
    child.kill('SIGINT');
  }
  const text = shown(await result);
  const pid = Number(readFileSync(join(project.directory, 'pid'), 'utf8'));
  return `${text}\nhelm ${isAlive(pid) ? 'still runs' : 'has ended'}`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('interrupts', () => {
  test('one lets helm end by itself', async () => {
    expect(await interrupt(sleeper(false), 1)).toMatchInlineSnapshot(`
      "web: started
      interrupted: running releases end first; interrupt again to kill them
      api: not started: the run was interrupted
      web: failed (0s)
      error executor/aborted  helmfile.yaml:3:10
        web: <DIR>/helm was interrupted
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 | - name: api
         5 |   chart: ./web
        it printed:
          waiting
      1 aborted, 1 failed
      exit 130
      helm has ended"
    `);
  });

  test('two end a helm that does not listen', async () => {
    expect(await interrupt(sleeper(true), 2)).toMatchInlineSnapshot(`
      "web: started
      interrupted: running releases end first; interrupt again to kill them
      api: not started: the run was interrupted
      web: failed (0s)
      error executor/aborted  helmfile.yaml:3:10
        web: <DIR>/helm was interrupted
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 | - name: api
         5 |   chart: ./web
        it printed:
          waiting
      1 aborted, 1 failed
      exit 130
      helm has ended"
    `);
  });

  test('a helm that hangs before it tells its version', async () => {
    using project = new TempProject(files);
    const path = project.script('helm', 'echo $$ > pid; exec sleep 60');
    const { child, result } = project.start(['sync', '--helm-binary', path]);
    while (!existsSync(join(project.directory, 'pid'))) await pause(20);
    await pause(200);
    child.kill('SIGINT');
    expect(shown(await result)).toMatchInlineSnapshot(`
      "interrupted: running releases end first; interrupt again to kill them
      error executor/aborted
        <DIR>/helm was interrupted
      exit 130"
    `);
  });
});
