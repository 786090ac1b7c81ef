import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChartRepository, serveCharts } from '../support/chart-repository.ts';
import { hasReferences } from '../support/control-plane.ts';
import { chartsFolder, reference } from '../support/references.ts';
import { type SeedProject, seedProject } from './seed-project.ts';

/** The helmfiles of the seed, letter for letter: each loads, lists, builds, draws its DAG and renders, in each environment. */

const seedPage = join(import.meta.dirname, '../../../shared/seed.md');
const canRun = hasReferences('test/seed/seed.test.ts', ['helm4', 'helmfile', 'sops', 'age-keygen']);
if (chartsFolder === undefined) console.warn('SKIPPED test/seed/seed.test.ts: no charts (FLOTILLA_CHARTS)');

let charts: ChartRepository;
let seed: SeedProject;

const examples = join(import.meta.dirname, '../../examples/seed');
const fileOf = (folder: string): string => readFileSync(join(examples, folder, 'helmfile.yaml'), 'utf8');

/** What a file of the seed needs on the command line: two of them name no chart. */
const withChart = ['--chart', './charts/app'];

async function flotilla(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await seed.run('flotilla', folder, [...charts.mirrors, ...args]);
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

describe.skipIf(!existsSync(seedPage))('the page', () => {
  test.each(['releases', 'environments', 'declarative'])(
    '%s/helmfile.yaml stands in it letter for letter',
    (folder) => {
      expect(readFileSync(seedPage, 'utf8')).toContain(`\`\`\`yaml\n${fileOf(folder)}\`\`\``);
    },
  );

  test.each(['layering', 'selectors', 'values-templates'])(
    'so does %s/helmfile.yaml, in a longer block',
    (folder) => {
      expect(readFileSync(seedPage, 'utf8')).toContain(fileOf(folder).trimEnd());
    },
  );
});

describe.skipIf(!canRun || chartsFolder === undefined)('the seed', () => {
  beforeAll(async () => {
    charts = await serveCharts();
    seed = await seedProject();
  });
  afterAll(async () => {
    seed?.[Symbol.dispose]();
    await charts?.[Symbol.asyncDispose]();
  });

  describe('several releases', () => {
    test.each(['default', 'production'])('lists, in %s', async (environment) => {
      expect(await flotilla('releases', '-e', environment, 'list')).toBe(
        [
          'NAME         \tNAMESPACE   \tENABLED\tINSTALLED\tLABELS                                                     \tCHART                      \tVERSION',
          'redis        \tcache       \ttrue   \ttrue     \tchart:redis,name:redis,namespace:cache                     \tbitnami/redis              \t^17.0.0',
          'cert-manager \tcert-manager\ttrue   \ttrue     \tchart:cert-manager,name:cert-manager,namespace:cert-manager\tjetstack/cert-manager      \t1.13.0',
          'postgres     \tdatabase    \ttrue   \ttrue     \tchart:postgresql,name:postgres,namespace:database          \tbitnami/postgresql         \t~12.1.0',
          'myapp        \tdefault     \ttrue   \ttrue     \tchart:myapp,name:myapp,namespace:default                   \t./charts/myapp             \t1.2.3',
          'ingress-nginx\tingress     \ttrue   \ttrue     \tchart:ingress-nginx,name:ingress-nginx,namespace:ingress   \tingress-nginx/ingress-nginx\t4.8.0',
          '',
        ].join('\n'),
      );
    });

    test('selects one release', async () => {
      const list = await flotilla('releases', '-l', 'name=myapp', 'list');
      expect(list.split('\n').map((line) => line.split('\t')[0]?.trim())).toEqual(['NAME', 'myapp', '']);
    });

    test('draws its DAG', async () => {
      expect(await flotilla('releases', 'show-dag')).toBe(`\
GROUP RELEASE                   DEPENDENCIES
1     database/postgres
1     ingress/ingress-nginx
1     cert-manager/cert-manager
2     cache/redis               database/postgres
3     default/myapp             database/postgres, cache/redis
`);
    });

    test.each(['default', 'production'])('renders what helm renders, in %s', async (environment) => {
      const text = await flotilla('releases', '-e', environment, 'template');
      const decrypted = join(seed.folder, 'releases/decrypted.yaml');
      writeFileSync(decrypted, readFileSync(join(examples, 'releases/values/secrets.yaml')));
      const app = ['values/myapp-common.yaml', `values/myapp-${environment}.yaml`, 'decrypted.yaml'];
      const expected = await helmTemplates('releases', [
        postgres,
        'ingress-nginx ingress ingress-nginx --version 4.8.0 --values values/ingress.yaml',
        'cert-manager cert-manager cert-manager --version 1.13.0 --set installCRDs=true',
        'redis cache redis --version ^17.0.0 --values values/redis.yaml',
        `myapp default ./charts/myapp ${app.map((path) => `--values ${path}`).join(' ')}`,
      ]);
      expect(withoutRandom(text)).toBe(withoutRandom(expected));
      expect(text).toContain(environment === 'production' ? 'replicas: 3\n' : 'chart: postgresql-12.1.5');
    });
  });

  describe('environments', () => {
    test.each(['dev', 'staging', 'production'])('loads %s', async (environment) => {
      const list = await flotilla('environments', '-e', environment, 'list');
      const cells = list
        .split('\n')[1]
        ?.split('\t')
        .map((cell) => cell.trim());
      const labels = `chart:myapp,name:myapp,namespace:${environment}`;
      expect(cells).toEqual(['myapp', environment, 'true', 'true', labels, './charts/myapp']);
      expect(await flotilla('environments', '-e', environment, 'show-dag')).toBe(
        `${`GROUP RELEASE${' '.repeat(environment.length - 1)} DEPENDENCIES`}\n1     ${environment}/myapp\n`,
      );
    });

    test('builds with the values of the environment, secrets decrypted', async () => {
      const text = await flotilla('environments', '-e', 'staging', 'build');
      expect(text.slice(text.indexOf('releases:'))).toBe(`\
releases:
  - chart: ./charts/myapp
    chartPath: charts/myapp
    name: myapp
    namespace: staging
    labels:
      chart: myapp
      name: myapp
      namespace: staging
    values:
      - values/common.yaml
      - values/staging.yaml
    set:
      - name: replicaCount
        value: "2"
      - name: image.tag
        value: v1.2.3-rc1
templates: {}
renderedvalues:
  apiToken: staging-token-0123
  imageTag: v1.2.3-rc1
  ingress:
    host: myapp-staging.example.com
  replicaCount: 2
`);
    });

    test.each([
      ['dev', '1', 'latest'],
      ['staging', '2', 'v1.2.3-rc1'],
      ['production', '5', 'v1.2.3'],
    ])('renders what helm renders, in %s', async (environment, replicas, tag) => {
      const values = `--values values/common.yaml --values values/${environment}.yaml`;
      const set = `--set replicaCount=${replicas} --set image.tag=${tag}`;
      expect(await flotilla('environments', '-e', environment, 'template')).toBe(
        await helmTemplates('environments', [`myapp ${environment} ./charts/myapp ${values} ${set}`]),
      );
    });

    test('says which environments there are when it is another one', async () => {
      const outcome = await seed.run('flotilla', 'environments', ['-e', 'prod', 'list']);
      expect(outcome.exitCode).toBe(3);
      expect(outcome.stderr).toContain('environment "prod" is not defined in helmfile.yaml');
      expect(outcome.stderr).toContain(
        'no releases found that matches specified selector() and environment(prod)',
      );
    });
  });

  describe('declarative desired state', () => {
    test.each([
      ['default', '1'],
      ['production', '5'],
    ])('renders what helm renders, in %s', async (environment, replicas) => {
      const inline = {
        'postgresql.yaml':
          'auth:\n  database: shop\n  username: clerk\n  password: hunter33\nprimary:\n  persistence:\n    size: 10Gi\n',
        'redis.yaml': 'auth:\n  password: hunter44\nmaster:\n  persistence:\n    enabled: false\n',
      };
      for (const [name, text] of Object.entries(inline))
        writeFileSync(join(seed.folder, 'declarative', name), text);
      const set = `--set replicaCount=${replicas}`;
      const text = await flotilla('declarative', '-e', environment, 'template');
      const expected = await helmTemplates('declarative', [
        'postgresql database postgresql --version 12.1.5 --values postgresql.yaml',
        'redis cache redis --version 17.3.7 --values redis.yaml',
        `backend default spring-boot-app --version 1.2.3 --values values/backend-common.yaml --values values/backend-${environment}.yaml ${set} --set postgresql.enabled=false --set cache.enabled=false`,
        `frontend default nginx-spa --version 1.0.5 --values values/frontend-${environment}.yaml ${set}`,
      ]);
      expect(withoutRandom(text)).toBe(withoutRandom(expected));
    });
  });

  describe('advanced features', () => {
    test('selectors choose by label', async () => {
      const list = await flotilla('selectors', ...withChart, '-l', 'tier=frontend', 'list');
      expect(list).toBe(
        [
          'NAME\tNAMESPACE\tENABLED\tINSTALLED\tLABELS                                                    \tCHART       \tVERSION',
          'app1\t         \ttrue   \ttrue     \tchart:app,name:app1,namespace:,priority:high,tier:frontend\t./charts/app',
          '',
        ].join('\n'),
      );
      expect(await flotilla('selectors', ...withChart, 'show-dag')).toBe(
        'GROUP RELEASE DEPENDENCIES\n1     app1\n1     app2\n',
      );
      expect(await flotilla('selectors', ...withChart, '-l', 'tier=frontend', 'template')).toBe(
        await helmTemplates('selectors', ['app1 default ./charts/app']),
      );
      expect(await flotilla('selectors', ...withChart, 'build')).toContain('      priority: low\n');
    });

    test('templates in values see the environment, the release and the date', async () => {
      const text = await flotilla('values-templates', ...withChart, 'template');
      expect(text.replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE').split('---\n')[1]).toBe(`\
# Source: app/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: myapp
data:
  settings.yaml: |
    environment: default
    namespace: null
    timestamp: "DATE"

`);
      for (const command of ['list', 'show-dag', 'build']) {
        expect(await flotilla('values-templates', ...withChart, command)).toContain('myapp');
      }
    });
  });
});

const postgres =
  'postgres database postgresql --version ~12.1.0 --values values/postgres.yaml --set auth.password=hunter22';

/** The charts draw these passwords anew each time. */
function withoutRandom(text: string): string {
  return text.replaceAll(/^( *postgres-password: ).*$/gm, '$1RANDOM');
}

const repositories: Readonly<Record<string, string>> = {
  postgresql: 'https://charts.bitnami.com/bitnami',
  redis: 'https://charts.bitnami.com/bitnami',
  'ingress-nginx': 'https://kubernetes.github.io/ingress-nginx',
  'cert-manager': 'https://charts.jetstack.io',
  'spring-boot-app': 'https://charts.mycompany.com',
  'nginx-spa': 'https://charts.mycompany.com',
};

/** `helm template` of each `name namespace chart flag…`, one after the other as Helmfile prints them. */
async function helmTemplates(folder: string, releases: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const release of releases) {
    const [name = '', namespace = '', chart = '', ...flags] = release.split(' ');
    const address = repositories[chart];
    const repository = address === undefined ? [] : ['--repo', charts.addresses[address] ?? address];
    const args = ['template', name, chart, ...repository, '--namespace', namespace, ...flags];
    const { stdout, stderr, exitCode } = await seed.run(reference('helm4') ?? 'helm', folder, args);
    expect(exitCode, stderr).toBe(0);
    texts.push(`${stdout}\n`);
  }
  return texts.join('');
}
