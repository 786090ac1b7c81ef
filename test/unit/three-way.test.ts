import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestDiffOptions } from '@flotilla/core';
import { manifestDiffer } from '@flotilla/helm';
import { describe, expect, test } from 'vitest';

/** Pairs of manifests with what helm-diff 3.15.11 printed for them; see test/parity/recordings/README.md. */
const folder = join(import.meta.dirname, '../parity/recordings/three-way');

const defaults: ManifestDiffOptions = {
  context: -1,
  output: 'diff',
  showSecrets: false,
  showSecretsDecoded: false,
  suppressSecrets: false,
  suppressKinds: [],
  suppressOutputLineRegex: [],
  stripTrailingCr: false,
  normalizeManifests: false,
  findRenames: 0,
  includeHooks: true,
  includeTests: false,
  color: false,
};

function optionsOf(flags: readonly string[]): ManifestDiffOptions {
  const options: Record<string, unknown> = { ...defaults };
  for (let at = 0; at < flags.length; at++) {
    const name = flags[at] ?? '';
    const next = (): string => flags[++at] ?? '';
    if (name === '--context') options['context'] = Number(next());
    else if (name === '--output') options['output'] = next();
    else if (name === '--find-renames' || name === '-D') options['findRenames'] = Number(next());
    else if (name === '--suppress')
      options['suppressKinds'] = [...(options['suppressKinds'] as string[]), next()];
    else if (name === '--suppress-output-line-regex')
      options['suppressOutputLineRegex'] = [...(options['suppressOutputLineRegex'] as string[]), next()];
    else if (name === '--show-secrets') options['showSecrets'] = true;
    else if (name === '--show-secrets-decoded') options['showSecretsDecoded'] = true;
    else if (name === '--strip-trailing-cr') options['stripTrailingCr'] = true;
    else if (name === '--normalize-manifests') options['normalizeManifests'] = true;
    else if (name === '--color') options['color'] = true;
    else throw new Error(`unknown flag ${name}`);
  }
  return options as unknown as ManifestDiffOptions;
}

interface Pair {
  readonly why: string;
  readonly runs: readonly (readonly string[])[];
}

for (const id of existsSync(folder) ? readdirSync(folder) : []) {
  const pair = JSON.parse(readFileSync(join(folder, id, 'pair.json'), 'utf8')) as Pair;
  describe(`${id}: ${pair.why}`, () => {
    pair.runs.forEach((flags, index) => {
      const number = String(index + 1).padStart(2, '0');
      test(`helm diff ${flags.join(' ')}`, async () => {
        const read = (name: string): string => readFileSync(join(folder, id, name), 'utf8');
        const input = {
          releaseName: 'app',
          namespace: `rec-${id.split('-')[0]}`,
          before: read('old.yaml'),
          after: read('new.yaml'),
        };
        const result = await manifestDiffer().diff(input, optionsOf(flags));
        expect(result.text).toBe(read(`${number}.stdout`));
        expect(result.hasChanges ? 2 : 0).toBe(Number(read(`${number}.exit`)));
      });
    });
  });
}
