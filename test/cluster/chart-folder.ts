import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A chart in a temporary folder. */
export interface ChartFolder extends Disposable {
  readonly path: string;
  /** Adds or replaces files; an empty text removes one. */
  write(files: Readonly<Record<string, string>>): void;
}

export function chartFolder(files: Readonly<Record<string, string>>, name = 'demo'): ChartFolder {
  const root = mkdtempSync(join(tmpdir(), 'flotilla-chart-'));
  const path = join(root, name);
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [file, text] of Object.entries(more)) {
      const target = join(path, file);
      mkdirSync(dirname(target), { recursive: true });
      if (text === '') rmSync(target, { force: true });
      else writeFileSync(target, text);
    }
  };
  write({
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 0.1.0\nappVersion: "1.0"\n`,
    'values.yaml': 'replicas: 1\nlevel: info\n',
    ...files,
  });
  return { path, write, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}
