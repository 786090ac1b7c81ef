import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChartRepository } from '../support/chart-repository.ts';
import { reference } from '../support/references.ts';
import type { ProgramResult } from '../support/run-program.ts';
import { type SeedProject, seedProject } from './seed-project.ts';

/** The real Helmfile on the seed, the texts made readable to it and its addresses led to the mirror. */
export interface RealHelmfile extends Disposable {
  /** What it prints, as if the file had its own name, place and addresses. */
  readonly run: (folder: string, args: readonly string[], like: SeedProject) => Promise<ProgramResult>;
}

/** Lays a copy of the seed out for Helmfile, with a `secrets` plugin that calls sops. */
export async function realHelmfile(charts: ChartRepository): Promise<RealHelmfile> {
  const copy = await seedProject();
  installSecretsPlugin(dirname(copy.folder));
  // The layers of this one have no templates.
  const readable = new Set(['layering']);
  return {
    run: async (folder, args, like) => {
      if (!readable.has(folder)) makeReadable(join(copy.folder, folder), charts);
      readable.add(folder);
      // With values of its own it takes environments that no file declares, as our older dialect does.
      writeFileSync(join(copy.folder, folder, 'none.yaml'), '{}\n');
      const result = await copy.run(reference('helmfile') ?? 'helmfile', folder, [
        '--state-values-file',
        'none.yaml',
        ...args,
      ]);
      const named = result.stdout
        .replaceAll('helmfile.yaml.gotmpl', 'helmfile.yaml')
        .replaceAll(copy.folder, like.folder);
      const addresses = Object.entries(charts.addresses);
      return { ...result, stdout: addresses.reduce((text, [from, to]) => text.replaceAll(to, from), named) };
    },
    [Symbol.dispose]: () => copy[Symbol.dispose](),
  };
}

/** Helmfile 1.x renders only `.gotmpl`, wants environments in a part of their own, and knows no values that are not there. */
function makeReadable(folder: string, charts: ChartRepository): void {
  const path = join(folder, 'helmfile.yaml');
  const text = readFileSync(path, 'utf8').replace('.Environment.Values.dbStorageSize | default ', '');
  const environments = /^environments:\n(?: .*\n|\n)*/m.exec(text)?.[0] ?? '';
  const parts = environments === '' ? text : `${environments}---\n${text.replace(environments, '')}`;
  const local = Object.entries(charts.addresses).reduce((all, [from, to]) => all.replaceAll(from, to), parts);
  writeFileSync(path, local);
  renameSync(path, `${path}.gotmpl`);
}

/** Helmfile decrypts through helm-secrets; all it asks of it is `helm secrets decrypt FILE`. */
function installSecretsPlugin(home: string): void {
  const folder = join(home, '.local/share/helm/plugins/secrets');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'plugin.yaml'),
    'name: secrets\nversion: 4.7.4\nusage: decrypt\ndescription: decrypts with sops\ncommand: $HELM_PLUGIN_DIR/run.sh\n',
  );
  writeFileSync(join(folder, 'run.sh'), '#!/bin/sh\nexec sops --decrypt "$2"\n');
  chmodSync(join(folder, 'run.sh'), 0o755);
}
