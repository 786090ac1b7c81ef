import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { hasReferences } from '../support/control-plane.ts';
import { reference } from '../support/references.ts';
import { type ProgramResult, runProgram } from '../support/run-program.ts';
import type { ChartFolder } from './chart-folder.ts';
import { liveState, records } from './live-state.ts';
import type { OurHelm } from './our-helm.ts';
import { ourPlane } from './our-plane.ts';

/** The real helms and our engine on one control plane, each in a namespace of its own, and what both left there. */

export const compats = ['v4', 'v3'] as const;
export type Compat = (typeof compats)[number];

/** Hooks are waited for, as Helm does when nothing is said. */
export const wait = { wait: 'hookOnly', timeout: 60_000 } as const;

/** Namespaces of one story: the real helm's and ours. */
export interface Pair {
  readonly left: string;
  readonly right: string;
}

export interface Scene {
  readonly ours: OurHelm;
  /** Runs the real helm of that version. */
  readonly helm: (compat: Compat, args: readonly string[]) => Promise<ProgramResult>;
  /** Runs the built `flotilla helm`. */
  readonly flotillaHelm: (args: readonly string[]) => Promise<ProgramResult>;
  /** Installs a chart as `web` by the real helm, its namespace made. */
  readonly installWeb: (
    compat: Compat,
    chart: ChartFolder,
    namespaces: readonly string[],
    flags?: readonly string[],
  ) => Promise<void>;
  /** Objects are equal; `kinds` beside the common ones. */
  readonly expectSameState: (pair: Pair, kinds?: readonly (readonly [string, string])[]) => Promise<void>;
  /** Records of `web` are equal. */
  readonly expectSameRecords: (pair: Pair) => Promise<void>;
}

const flotilla = join(import.meta.dirname, '../../packages/cli/bin/flotilla.cjs');
const needed = ['kube', 'kwok', 'helm4', 'helm3'];

/** A suite with a control plane of its own; skipped, with the reason, where the reference programs are missing. */
export function besideHelm(file: string, title: string, tests: (scene: Scene) => void): void {
  describe.skipIf(!hasReferences(file, needed))(title, () => {
    const plane = ourPlane();
    const run = (program: string, args: readonly string[]): Promise<ProgramResult> => {
      const env = { ...process.env, KUBECONFIG: plane.kubeconfig, HELM_DRIVER: '', NO_COLOR: '1' };
      return runProgram(program, args, { env });
    };
    const helm = (compat: Compat, args: readonly string[]): Promise<ProgramResult> => {
      const name = compat === 'v4' ? 'helm4' : 'helm3';
      return run(reference(name) ?? name, args);
    };
    tests({
      get ours() {
        return plane.ours;
      },
      helm,
      flotillaHelm: (args) => run(flotilla, ['helm', ...args]),
      installWeb: async (compat, chart, namespaces, flags = []) => {
        for (const namespace of namespaces) {
          const args = ['install', 'web', chart.path, '-n', namespace, '--create-namespace', ...flags];
          expect(await helm(compat, args)).toMatchObject({ exitCode: 0 });
        }
      },
      expectSameState: async ({ left, right }, kinds) =>
        expect(await liveState(plane.ours.cluster, right, kinds)).toEqual(
          await liveState(plane.ours.cluster, left, kinds),
        ),
      expectSameRecords: async ({ left, right }) =>
        expect(await records(plane.ours.cluster, right, 'web')).toEqual(
          await records(plane.ours.cluster, left, 'web'),
        ),
    });
  });
}

/** Namespaces no other run and no other story has. */
export function pairOf(story: string): Pair {
  const name = `${story}-${process.pid}`;
  return { left: `${name}-left`, right: `${name}-right` };
}
