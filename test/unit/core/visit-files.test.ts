import { describe, expect, it } from 'vitest';
import { project } from '../../support/project.ts';

describe('commands that only read', () => {
  it('run the hooks around preparing, release by release where they prepare charts', async () => {
    const text = `
hooks: [{events: [prepare, cleanup], command: all, args: ["{{ .Event.Name }}"]}]
releases:
  - {name: web, chart: ./web, hooks: [{events: [prepare], command: own, args: ["{{ .HelmfileCommand }}"]}]}
  - {name: off, chart: ./web, installed: false, hooks: [{events: [prepare], command: own}]}
`;
    const { flotilla, load, control, processes } = project({ files: { 'helmfile.yaml': text } });
    const state = await load();
    const selected = new Set(state.files.flatMap((file) => file.releases));
    const visited: string[] = [];
    const visit = ({ name }: { readonly name: string }): void => void visited.push(name);
    const report = await flotilla.visitFiles({ command: 'build', state, selected, visit }, control);
    await flotilla.visitFiles({ command: 'list', state, selected, visit }, control);
    expect(report.exit).toEqual({ code: 0, reason: 'ok' });
    expect(visited).toEqual(['helmfile.yaml', 'helmfile.yaml']);
    expect(processes.requests.map(({ command, args }) => [command, ...args].join(' '))).toEqual([
      'all prepare',
      'own build',
      'all cleanup',
      'all prepare',
      'all cleanup',
    ]);
  });
});
