import { describe, expect, it } from 'vitest';
import { project } from '../../support/project.ts';
import type { Script } from '../../support/scripted-processes.ts';

const listHeader = 'NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\n';
const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const everyEvent = '[prepare, preapply, presync, preuninstall, postuninstall, postsync, cleanup]';

const helmfile = `
hooks:
  - name: all
    events: [prepare, cleanup]
    command: global
    args: ["{{ .Event.Name }}", "{{ .HelmfileCommand }}", "{{ if .Event.Error }}{{ .Event.Error }}{{ end }}"]
releases:
  - name: web
    namespace: shop
    chart: ./web
    hooks:
      - events: ${everyEvent}
        command: hook
        args: ["{{ .Release.Name }}", "{{ .Event.Name }}", "{{ .HelmfileCommand }}"]
  - name: old
    chart: ./web
    installed: false
    hooks:
      - events: ${everyEvent}
        command: hook
        args: ["{{ .Release.Name }}", "{{ .Event.Name }}", "{{ .HelmfileCommand }}"]
`;

const present: Script = ({ command, args }) => {
  if (command !== 'helm') return undefined;
  if (args[0] !== 'list') return { stdout: args[0] === 'get' ? 'old\n' : 'new\n' };
  return { stdout: `${listHeader}${(args[2] ?? '').slice(1, -1)}\tn\t1\tnow\tdeployed\tweb-0.1.0\t1\n` };
};

function started(script: Script, files: Readonly<Record<string, string>> = {}) {
  const made = project({ files: { 'helmfile.yaml': helmfile, 'web/Chart.yaml': chart, ...files }, script });
  const hooks = (): readonly string[] =>
    made.processes.requests
      .filter((request) => request.command !== 'helm')
      .map((request) => [request.command, ...request.args].join(' '));
  return { ...made, hooks };
}

describe('hooks', () => {
  it('of releases without changes clean up after the tables are told', async () => {
    const same: Script = (request, signal) => {
      if (request.args[0] === 'get') return { stdout: request.args[1] === 'hooks' ? '' : 'same\n' };
      return request.args[0] === 'template' ? { stdout: 'same\n' } : present(request, signal);
    };
    const { flotilla, load, control, events } = started(same);
    await flotilla.apply(await load(), {}, control);
    const told = events.flatMap((event) =>
      event.type === 'file.acted'
        ? ['tables']
        : event.type === 'hook.started'
          ? [`${event.release} ${event.event}`]
          : [],
    );
    expect(told.slice(told.indexOf('tables'))).toEqual(['tables', 'shop/web cleanup', 'undefined cleanup']);
  });

  it('fire around an apply in the order of Helmfile', async () => {
    const { flotilla, load, control, hooks } = started(present);
    await flotilla.apply(await load(), {}, control);
    expect(hooks()).toEqual([
      'global prepare apply ',
      'hook web prepare apply',
      'hook web preapply apply',
      'hook old preapply apply',
      'hook old presync sync',
      'hook old preuninstall sync',
      'hook old postuninstall sync',
      'hook old postsync sync',
      'hook old cleanup sync',
      'hook web presync sync',
      'hook web postsync sync',
      'hook web cleanup sync',
      'global cleanup apply ',
    ]);
  });

  it('that fail before an upgrade keep helm from running; the rest of the release still fires', async () => {
    const { flotilla, load, control, hooks, helm } = started((request, signal) =>
      request.args[1] === 'presync' ? { stderr: 'no\n', exitCode: 4 } : present(request, signal),
    );
    const report = await flotilla.sync(await load({ selectors: ['name=web'] }), {}, control);
    expect(helm().some((line) => line.startsWith('upgrade'))).toBe(false);
    expect(hooks().slice(2)).toEqual([
      'hook web presync sync',
      'hook web postsync sync',
      'hook web cleanup sync',
      expect.stringMatching(
        /^global cleanup sync failed processing release web: hook\[hook\]: command `hook` failed:/,
      ),
    ]);
    expect(report.files[0]?.errors[0]?.referenceText).toMatch(
      /^failed processing release web: hook\[hook\]: command `hook` failed: command "\/usr\/bin\/hook" exited with non-zero status:/,
    );
  });

  it('of the file that fail at the start stop everything', async () => {
    const { flotilla, load, control, hooks } = started((request, signal) =>
      request.command === 'global' ? { exitCode: 1 } : present(request, signal),
    );
    const report = await flotilla.sync(await load(), {}, control);
    expect(hooks()).toEqual(['global prepare sync ']);
    expect(report.exit.code).toBe(1);
  });

  it('show their output when asked, line by line behind their event', async () => {
    const { flotilla, load, control, log } = started(
      (request, signal) => (request.command === 'talk' ? { stdout: 'one\ntwo\n' } : present(request, signal)),
      {
        'helmfile.yaml':
          'hooks:\n  - events: [prepare]\n    command: talk\n    showlogs: true\nreleases:\n  - {name: web, chart: ./web}\n',
      },
    );
    await flotilla.sync(await load(), {}, control);
    expect(log()[0]).toBe('\nhook[prepare] logs | one\nhook[prepare] logs | two\nhook[prepare] logs | ');
  });

  it('can stand for kubectl apply', async () => {
    const { flotilla, load, control, hooks, log } = started(present, {
      'helmfile.yaml':
        'hooks:\n  - events: [prepare]\n    command: ignored\n    kubectlApply: {filename: crds.yaml}\nreleases:\n  - {name: web, chart: ./web}\n',
    });
    await flotilla.sync(await load(), {}, control);
    expect(hooks()).toEqual(['kubectl apply -f crds.yaml']);
    expect(log()).toContain("warn: ignoring command 'ignored' given within a kubectlApply hook");
  });

  it('can be forbidden', async () => {
    const made = project({
      files: { 'helmfile.yaml': helmfile, 'web/Chart.yaml': chart },
      script: present,
      environment: { HELMFILE_DISABLE_HOOKS: '1' },
    });
    const report = await made.flotilla.sync(await made.load(), {}, made.control);
    expect(report.files[0]?.errors[0]?.referenceText).toBe(
      'HELMFILE_DISABLE_HOOKS is active, hooks are disabled',
    );
  });
});
