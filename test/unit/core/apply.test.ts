import { type LiveQuestion, type LiveStates, releasePlan } from '@flotilla/core';
import { describe, expect, it } from 'vitest';
import { type Project, project } from '../../support/project.ts';
import type { Script } from '../../support/scripted-processes.ts';

const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const listHeader = 'NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\n';
const files = {
  'helmfile.yaml': `
releases:
  - name: web
    namespace: shop
    chart: ./web
    needs: [db]
  - name: db
    namespace: shop
    chart: ./web
  - name: old
    namespace: shop
    chart: ./web
    installed: false
`,
  'web/Chart.yaml': chart,
};

/** A cluster: release name to stored manifest. Every render is `kind: NAME`. */
function cluster(stored: Readonly<Record<string, string>>): Script {
  return ({ args }) => {
    const [verb, ...rest] = args;
    const name = verb === 'get' ? (rest[1] ?? '') : verb === 'upgrade' ? (rest[1] ?? '') : (rest[0] ?? '');
    switch (verb) {
      case 'get': {
        const manifest = stored[name];
        if (manifest === undefined) return { stderr: 'Error: release: not found\n', exitCode: 1 };
        return { stdout: rest[0] === 'hooks' ? '' : manifest };
      }
      case 'template':
        return { stdout: `---\nkind: ${name}\n` };
      case 'list': {
        const wanted = (rest[1] ?? '').slice(1, -1);
        const row = wanted in stored ? `${wanted}\tshop\t1\tnow\tdeployed\tweb-0.1.0\t1\n` : '';
        return { stdout: listHeader + row };
      }
      case 'upgrade':
        return { stdout: 'REVISION: 1\n' };
      default:
        return undefined;
    }
  };
}

function verbs(started: Project): readonly string[] {
  return started.helm().filter((line) => /^(?:upgrade|delete)/.test(line));
}

function products(started: Project): string {
  return started.events.flatMap((event) => (event.type === 'product' ? [event.text] : [])).join('');
}

describe('apply', () => {
  it('acts on what differs and on nothing else, removals first', async () => {
    const started = project({ files, script: cluster({ db: '---\nkind: db\n', old: '---\nkind: old\n' }) });
    const report = await started.flotilla.apply(await started.load(), {}, started.control);
    expect(verbs(started)).toEqual([
      'delete old --namespace shop',
      'upgrade --install web web --create-namespace --namespace shop --reset-values --history-max 10',
    ]);
    expect(products(started)).toBe(`Comparing release=db, chart=web, namespace=shop
Comparing release=web, chart=web, namespace=shop
-
+---
kind: web

`);
    const [file] = report.files;
    expect(file?.plan?.changes.map(({ release, kind }) => [release, kind])).toEqual([
      ['shop/db', 'unchanged'],
      ['shop/old', 'uninstall'],
      ['shop/web', 'install'],
    ]);
    expect(file?.outcomes.map(({ release, outcome }) => [release, outcome.kind])).toEqual([
      ['shop/old', 'succeeded'],
      ['shop/web', 'succeeded'],
      ['shop/db', 'unchanged'],
    ]);
    expect(report.exit.code).toBe(0);
  });

  it('does nothing when nothing differs, and has a code of its own when something did', async () => {
    const same = project({ files, script: cluster({ db: '---\nkind: db\n', web: '---\nkind: web\n' }) });
    const request = { diff: { detailedExitCode: true } };
    expect((await same.flotilla.apply(await same.load(), request, same.control)).exit.code).toBe(0);
    expect(verbs(same)).toEqual([]);
    const other = project({ files, script: cluster({ db: '---\nkind: db\n' }) });
    expect((await other.flotilla.apply(await other.load(), request, other.control)).exit.code).toBe(2);
  });

  it('applies nothing when one comparison fails, and still shows the others', async () => {
    const script: Script = (request, signal) =>
      request.args[0] === 'template' && request.args[1] === 'db'
        ? { stderr: 'Error: execution error at (web/x.yaml:1:1): no\n', exitCode: 1 }
        : cluster({})(request, signal);
    const started = project({ files, script });
    const report = await started.flotilla.apply(await started.load(), {}, started.control);
    expect(report.exit.code).toBe(1);
    expect(verbs(started)).toEqual([]);
    expect(products(started)).toContain('Comparing release=web');
    expect(report.files[0]?.errors[0]?.failure).toMatchObject({ kind: 'executor', code: 'render-failed' });
    const [file] = report.files;
    expect(file?.plan?.changes.map(({ release, kind }) => [release, kind])).toContainEqual([
      'shop/db',
      'unknown',
    ]);
    expect(file?.outcomes.map(({ release, outcome }) => [release, outcome.kind])).toContainEqual([
      'shop/db',
      'failed',
    ]);
  });

  it('asks when told to, and leaves things alone after a no', async () => {
    const started = project({ files, script: cluster({}), answer: false });
    const report = await started.flotilla.apply(await started.load(), { interactive: true }, started.control);
    expect(verbs(started)).toEqual([]);
    expect(report.files[0]?.outcomes.map(({ outcome }) => outcome)).toContainEqual({
      kind: 'skipped',
      reason: 'declined',
    });
  });
});

describe('diff', () => {
  it('compares what the cluster makes of both sides when told to', async () => {
    const questions: LiveQuestion[] = [];
    const liveStates: LiveStates = {
      read: async (question) => {
        questions.push(question);
        return { before: 'live\n', after: 'tried\n', foreign: [{ owner: 'other/db', object: {} }] };
      },
      [Symbol.asyncDispose]: async () => {},
    };
    const started = project({ files, script: cluster({ db: '---\nkind: db\n' }), liveStates });
    const request = { diffArgs: '--three-way-merge' };
    await started.flotilla.diff(await started.load(), request, started.control);
    expect(questions).toContainEqual({
      releaseName: 'db',
      namespace: 'shop',
      kubeContext: '',
      before: '---\nkind: db\n',
      after: '---\nkind: db\n',
      trial: { kind: 'patch' },
    });
    expect(products(started)).toContain('Comparing release=db, chart=web, namespace=shop\n-live\n+tried\n');
  });

  it('prints every difference and counts changes only when told to', async () => {
    const plain = project({ files, script: cluster({ db: '---\nkind: db\n' }) });
    const report = await plain.flotilla.diff(await plain.load(), {}, plain.control);
    expect(report.exit.code).toBe(0);
    expect(verbs(plain)).toEqual([]);
    const detailed = project({ files, script: cluster({ db: '---\nkind: db\n' }) });
    const request = { diff: { detailedExitCode: true } };
    expect((await detailed.flotilla.diff(await detailed.load(), request, detailed.control)).exit.code).toBe(
      2,
    );
    expect(detailed.log().at(-1)).toBe('Affected releases are:\n  web (./web) UPDATED\n');
  });

  it('renders as helm-diff does: as an upgrade only where there is one, checked by the server', async () => {
    const started = project({ files, script: cluster({ db: '---\nkind: db\n' }) });
    await started.flotilla.diff(await started.load(), {}, started.control);
    expect(
      started
        .helm()
        .filter((line) => line.startsWith('template'))
        .sort(),
    ).toEqual([
      'template db web --namespace shop --dry-run=server --is-upgrade',
      'template web web --namespace shop --dry-run=server',
    ]);
  });
});

describe('destroy', () => {
  it('removes what is there, what needs others first', async () => {
    const started = project({
      files,
      script: cluster({ db: '', web: '' }),
      load: { isReversed: true },
    });
    const report = await started.flotilla.destroy(await started.load(), {}, started.control);
    expect(verbs(started)).toEqual(['delete web --namespace shop', 'delete db --namespace shop']);
    expect(report.files[0]?.affected.deleted.map(({ name }) => name)).toEqual(['web', 'db']);
  });
});

describe('apply with a reviewed plan', () => {
  it('does what was reviewed, and refuses when something moved', async () => {
    const stored = { db: '---\nkind: db\n' };
    const reviewing = project({ files, script: cluster(stored) });
    const reviewed = releasePlan(
      (await reviewing.flotilla.diff(await reviewing.load(), {}, reviewing.control)).files,
    );
    const same = project({ files, script: cluster(stored) });
    expect((await same.flotilla.apply(await same.load(), { plan: reviewed }, same.control)).exit.code).toBe(
      0,
    );
    expect(verbs(same)).toHaveLength(1);
    const moved = project({ files, script: cluster({ ...stored, web: '---\nkind: other\n' }) });
    const report = await moved.flotilla.apply(await moved.load(), { plan: reviewed }, moved.control);
    expect(verbs(moved)).toEqual([]);
    expect(report.files[0]?.errors.map((error) => error.referenceText)).toEqual([
      'helmfile.yaml has moved since the plan was made: shop/web',
    ]);
  });
});
