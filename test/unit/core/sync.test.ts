import { describe, expect, it } from 'vitest';
import { project } from '../../support/project.ts';

const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const listHeader = 'NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\n';

const helmfile = `
releases:
  - name: web
    namespace: shop
    chart: ./charts/web
    needs: [db]
    values:
      - replicas: 2
      - values/web.yaml.gotmpl
  - name: db
    namespace: shop
    chart: ./charts/db
  - name: old
    namespace: shop
    chart: ./charts/web
    installed: false
`;

const files = {
  'helmfile.yaml': helmfile,
  'charts/web/Chart.yaml': chart,
  'charts/db/Chart.yaml': chart.replace('web', 'db'),
  'values/web.yaml.gotmpl': 'release: {{ .Release.Name }}\nnamespace: {{ .Release.Namespace }}\n',
};

describe('sync', () => {
  it('upgrades local charts in the order of their needs, with their values', async () => {
    const values: string[] = [];
    const {
      flotilla,
      load,
      control,
      helm,
      log,
      files: memory,
    } = project({
      files,
      script: ({ args }) => {
        args.forEach((arg, index) => {
          if (arg === '--values') values.push(memory.text(args[index + 1] ?? ''));
        });
        if (args[0] === 'list')
          return { stdout: args.includes('^old$') ? listHeader : `${listHeader}${row(args)}` };
        if (args[0] === 'upgrade')
          return { stdout: `Release "${args[2]}" has been upgraded. Happy Helming!\nREVISION: 2\n` };
        return undefined;
      },
    });
    const report = await flotilla.sync(await load(), {}, control);
    expect(helm()).toEqual([
      'version --short',
      'dependency build charts/web',
      'dependency build charts/db',
      'list --filter ^old$ --namespace shop --uninstalling --deployed --failed --pending',
      'upgrade --install db charts/db --create-namespace --namespace shop --reset-values --history-max 10',
      'list --filter ^db$ --namespace shop --uninstalling --deployed --failed --pending',
      'upgrade --install web charts/web --create-namespace --namespace shop --values /tmp/helmfile2/shop-web-values-0 --values /tmp/helmfile2/shop-web-values-1 --reset-values --history-max 10',
      'list --filter ^web$ --namespace shop --uninstalling --deployed --failed --pending',
    ]);
    expect(values).toEqual(['replicas: 2\n', 'release: web\nnamespace: shop\n']);
    expect(log()).toEqual([
      'Building dependency release=web, chart=charts/web',
      'Building dependency release=db, chart=charts/db',
      'Listing releases matching ^old$',
      'Upgrading release=db, chart=charts/db, namespace=shop',
      'Release "db" has been upgraded. Happy Helming!\nREVISION: 2',
      'Listing releases matching ^db$',
      'db\tshop\t2\tnow\tdeployed\tdb-0.1.0\t1.0',
      'Upgrading release=web, chart=charts/web, namespace=shop',
      'Release "web" has been upgraded. Happy Helming!\nREVISION: 2',
      'Listing releases matching ^web$',
      'web\tshop\t2\tnow\tdeployed\tweb-0.1.0\t1.0',
    ]);
    expect(report.exit).toEqual({ code: 0, reason: 'ok' });
    expect(report.files[0]?.affected.updated).toEqual([
      { name: 'db', namespace: 'shop', chart: './charts/db', version: '0.1.0', durationMs: 0 },
      { name: 'web', namespace: 'shop', chart: './charts/web', version: '0.1.0', durationMs: 0 },
    ]);
  });

  it('blocks what needs a failed release, and says so once', async () => {
    const { flotilla, load, control } = project({
      files,
      script: ({ args }) =>
        args[0] === 'upgrade'
          ? { stderr: 'Error: UPGRADE FAILED: boom\n', exitCode: 1 }
          : { stdout: listHeader },
    });
    const report = await flotilla.sync(await load(), {}, control);
    expect(report.exit).toEqual({ code: 1, reason: 'failed' });
    const [file] = report.files;
    expect(file?.outcomes.map(({ release, outcome }) => [release, outcome.kind])).toEqual([
      ['shop/db', 'failed'],
      ['shop/web', 'blocked'],
      ['shop/old', 'skipped'],
    ]);
    expect(file?.errors.map((error) => error.referenceText.split('\n')[0])).toEqual([
      'failed processing release db: command "/usr/bin/helm" exited with non-zero status:',
    ]);
    expect(file?.affected.failed.map((release) => release.name)).toEqual(['db']);
  });
});

function row(args: readonly string[]): string {
  const name = (args[2] ?? '').slice(1, -1);
  return `${name}\tshop\t2\tnow\tdeployed\t${name}-0.1.0\t1.0\n`;
}
