import { DiagnosticsError } from '@flotilla/diagnostics';
import { describe, expect, it } from 'vitest';
import { project } from '../../support/project.ts';
import type { Script } from '../../support/scripted-processes.ts';

const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const encrypted = 'password: ENC[abc]\nsops:\n  version: 3.9.0\n';

/** helm and sops: renders print the values they were given. */
function tools(files: () => { text: (path: string) => string }): Script {
  return ({ command, args }) => {
    if (command === 'sops') return { stdout: 'password: hunter22\n' };
    if (args[0] !== 'template') return undefined;
    const paths = args.flatMap((arg, index) => (arg === '--values' ? [args[index + 1] ?? ''] : []));
    return { stdout: paths.map((path) => files().text(path)).join('') };
  };
}

function started(helmfile: string, more: Readonly<Record<string, string>> = {}) {
  const made = project({
    files: { 'helmfile.yaml': helmfile, 'web/Chart.yaml': chart, ...more },
    script: (request, signal) => tools(() => made.files)(request, signal),
    environment: { TOKEN: 'from-env' },
  });
  const template = async () => {
    const report = await made.flotilla.template(await made.load(), {}, made.control);
    const text = made.events.flatMap((event) => (event.type === 'product' ? [event.text] : [])).join('');
    return { report, text, errors: report.files[0]?.errors ?? [] };
  };
  return { ...made, template };
}

describe('values of a release', () => {
  it('are one document for each entry: files, templates, maps, lines of YAML, then secrets', async () => {
    const { template, log } = started(
      `
releases:
  - name: web
    chart: ./web
    namespace: shop
    valuesPathPrefix: values/
    values:
      - plain.yaml
      - {inline: true}
      - made.yaml.gotmpl
      - made.yaml.eta
      - |
        text: {{ .Release.Namespace }}
    secrets: [secret.yaml]
`,
      {
        'values/plain.yaml': 'plain: 1\n',
        'values/made.yaml.gotmpl': 'made: {{ .Release.Name }}\n',
        'values/made.yaml.eta': 'eta: <%= it.Release.Name %>\n',
        'values/secret.yaml': encrypted,
      },
    );
    // Helmfile puts the prefix before secrets as well.
    const { text } = await template();
    expect(text).toBe('plain: 1\ninline: true\nmade: web\neta: web\ntext: shop\npassword: hunter22\n\n');
    expect(log()).toContain('Decrypting secret /project/values/secret.yaml');
  });

  it('take references to secrets, and keep them out of everything that is told', async () => {
    const { template, events } = started(`
releases:
  - name: web
    chart: ./web
    values: [{a: 'ref+echo://s3cret-value', b: x}]
    set: [{name: c, value: 'ref+echo://s3cret-too'}]
`);
    const { text } = await template();
    expect(text).toBe('a: s3cret-value\nb: x\n\n');
    const told = JSON.stringify(events.filter((event) => event.type !== 'product'));
    expect(told).not.toContain('s3cret');
  });

  it('ask for each secret once, however many releases want it', async () => {
    const secret = 'sops:\n  mac: y\n';
    const release = (name: string): string =>
      `  - {name: ${name}, chart: ./web, values: [{a: 'ref+sops://secret.yaml#/a'}]}\n`;
    const { template, processes } = started(`releases:\n${release('web')}${release('api')}`, {
      'secret.yaml': secret,
    });
    await template();
    expect(processes.requests.filter(({ command }) => command === 'sops')).toHaveLength(1);
  });

  it('that cannot be had are problems at the line that asks for them', async () => {
    const { template } = started(
      `releases:
  - name: web
    chart: ./web
    values:
      - none.yaml
      - {a: 'ref+vault://secret/x#/y'}
      - broken.gotmpl
`,
      { 'broken.gotmpl': '{{ .Nothing }}\n' },
    );
    const { errors, report } = await template();
    expect(report.exit.code).toBe(1);
    const failure = errors[0]?.failure;
    expect(failure?.kind).toBe('diagnostics');
    if (failure?.kind !== 'diagnostics') return;
    expect(failure.diagnostics.map(({ code, message }) => `${code} ${message.split('\n')[0]}`)).toEqual([
      'environment/values-file-missing values file matching "none.yaml" does not exist in "."',
      'environment/values-failed expand vault://…: the secret provider "vault" is not supported yet',
      expect.stringMatching(/^template\//),
    ]);
    expect(failure.diagnostics.every(({ span }) => span !== undefined)).toBe(true);
  });

  it('may be absent where a handler says so', async () => {
    const { template } = started(
      'releases:\n  - {name: web, chart: ./web, missingFileHandler: Warn, values: [none.yaml, {a: 1}]}\n',
    );
    expect((await template()).text).toBe('a: 1\n\n');
  });

  it('that are absent are told at the level of the handler', async () => {
    const { template, log } = started(
      'releases:\n  - {name: web, chart: ./web, missingFileHandler: Info, values: [none.yaml]}\n',
    );
    await template();
    expect(log()).toContain('skipping missing values file matching "none.yaml"');
  });

  it('of the command line come last and must exist', async () => {
    const { flotilla, load, control } = started('releases:\n  - {name: web, chart: ./web}\n');
    const report = await flotilla.template(await load(), { values: ['none.yaml'] }, control);
    expect(report.files[0]?.errors[0]?.referenceText).toBe(
      'stat /project/none.yaml: no such file or directory',
    );
  });
});

describe('charts', () => {
  it('that Helmfile would hand to chartify are refused at the field that asks for it', async () => {
    const { template } = started(
      'releases:\n  - name: web\n    chart: ./web\n    strategicMergePatches: [{a: 1}]\n',
    );
    const failure = (await template()).errors[0]?.failure;
    expect(failure).toMatchObject({ kind: 'diagnostics', diagnostics: [{ code: 'feature/chartify' }] });
  });

  it('of registries are pulled once for each version; constraints are resolved first', async () => {
    const made = project({
      files: {
        'helmfile.yaml': `
repositories: [{name: o, url: ghcr.io/org, oci: true}]
releases:
  - {name: a, chart: o/web, version: ~1.2}
  - {name: b, chart: o/web, version: ~1.2}
`,
      },
      script: ({ args }) => {
        if (args[0] === 'show') return { stdout: 'name: web\nversion: 1.2.9\n' };
        if (args[0] === 'pull') made.files.write(`${args[3]}/web/Chart.yaml`, chart);
        return undefined;
      },
    });
    await made.flotilla.template(await made.load(), {}, made.control);
    const cache = '/home/me/.cache/helmfile/o/web/1.2.9';
    expect(made.helm()).toEqual([
      'version --short',
      'show chart oci://ghcr.io/org/web --version ~1.2',
      `pull oci://ghcr.io/org/web --destination ${cache} --untar --version 1.2.9`,
      `template a ${cache}/web --version ~1.2`,
      `template b ${cache}/web --version ~1.2`,
    ]);
    expect(made.log()).toContain('Pulling ghcr.io/org/web:1.2.9');
  });

  it('that several releases share are downloaded once by commands that reach the cluster', async () => {
    const made = project({
      files: {
        'helmfile.yaml': `
repositories: [{name: r, url: https://charts}]
releases:
  - {name: a, chart: r/web, version: 1.0.0}
  - {name: b, chart: r/web, version: 1.0.0}
  - {name: c, chart: r/web, version: 2.0.0}
`,
      },
      script: ({ args }) => {
        const place = args.at(-1) ?? '';
        if (args[0] === 'fetch') made.files.write(`${place}/web/Chart.yaml`, chart);
        return args[0] === 'list' ? { stdout: 'NAME\n' } : undefined;
      },
    });
    await made.flotilla.sync(await made.load(), {}, made.control);
    const place = '/tmp/flotilla-charts-1/a/r/web/1.0.0';
    expect(made.helm().filter((line) => line.startsWith('fetch'))).toEqual([
      `fetch r/web --version 1.0.0 --untar --untardir ${place}`,
    ]);
    const charts = made
      .helm()
      .filter((line) => line.startsWith('upgrade'))
      .map((line) => line.split(' ').slice(2, 4));
    expect(charts.map((each) => each.join(' ')).sort()).toEqual([
      `a ${place}/web`,
      `b ${place}/web`,
      'c r/web',
    ]);
    expect(made.files.stat('/tmp/flotilla-charts-1')).toBeUndefined();
  });

  it('of registries cannot be called latest', async () => {
    const { template } = started('releases:\n  - {name: a, chart: "oci://h/web", version: latest}\n');
    expect((await template()).errors[0]?.referenceText).toContain(
      'release "a": the version for OCI charts should be semver compliant, the latest tag is not supported',
    );
  });
});

describe('the lock file', () => {
  const helmfile = `
repositories: [{name: r, url: https://charts}]
releases:
  - {name: a, chart: r/web, version: ~1}
`;

  it('puts versions in place of constraints', async () => {
    const lock =
      'version: 1.8.0\ndependencies:\n  - {name: web, repository: https://charts, version: 1.4.0}\n';
    const { template, helm } = started(helmfile, { 'helmfile.lock': lock });
    await template();
    expect(helm().at(-1)).toBe('template a r/web --version 1.4.0');
  });

  it('without an answer stops the command', async () => {
    const { flotilla, load, control, events } = started(helmfile, {
      'helmfile.lock': 'dependencies: []\n',
    });
    const run = flotilla.template(await load(), {}, control);
    await expect(run).rejects.toBeInstanceOf(DiagnosticsError);
    await expect(run).rejects.toThrow(
      'no resolved dependency found for "web", running "helmfile deps" may resolve the issue',
    );
    expect(events.map((event) => event.type)).toEqual(['run.started', 'diagnostic', 'run.finished']);
  });
});

describe('options that this Helm does not have', () => {
  it('are problems of their release, in the words of Helmfile', async () => {
    const files = {
      'helmfile.yaml': `
releases:
  - {name: a, chart: ./web, forceConflicts: true}
  - {name: b, chart: ./web, serverSide: "true"}
  - {name: c, chart: ./web, rollbackOnFailure: true}
`,
      'web/Chart.yaml': chart,
    };
    const { flotilla, load, control, helm } = project({ files, helmVersion: 'v3.22.0+g0123456' });
    const report = await flotilla.sync(await load(), {}, control);
    expect(report.files[0]?.errors.map((error) => error.referenceText).sort()).toEqual([
      'failed processing release a: forceConflicts requires Helm 4 or greater (set via releases[].forceConflicts or helmDefaults.forceConflicts)',
      'failed processing release b: serverSide requires Helm 4 or greater (set via releases[].serverSide)',
      'failed processing release c: rollbackOnFailure requires Helm 4 or greater (set via releases[].rollbackOnFailure or helmDefaults.rollbackOnFailure)',
    ]);
    expect(helm().some((line) => line.startsWith('upgrade'))).toBe(false);
  });
});
