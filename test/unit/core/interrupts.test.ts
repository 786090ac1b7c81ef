import { createInterruption, type FlotillaEvent, ProcessError } from '@flotilla/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Project, project } from '../../support/project.ts';
import type { Script } from '../../support/scripted-processes.ts';

const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const listHeader = 'NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\n';

/** Releases r0 … with the needs given for each. */
function chain(needs: readonly (readonly number[])[], script: Script): Project {
  const releases = needs.map((each, index) => {
    const needed = each.map((need) => `r${need}`).join(', ');
    return `  - {name: r${index}, chart: ./web, needs: [${needed}]}`;
  });
  const files = { 'helmfile.yaml': `releases:\n${releases.join('\n')}\n`, 'web/Chart.yaml': chart };
  return project({ files, script });
}

const quiet: Script = ({ args }) => (args[0] === 'list' ? { stdout: listHeader } : undefined);

describe('an interrupt', () => {
  it('lets the running release end, aborts the rest, and says so in the exit code', async () => {
    const interruption = createInterruption();
    const { flotilla, load, control, events } = chain([[], [0], [1]], (request, signal) => {
      if (request.args[0] === 'upgrade') interruption.interrupt();
      return quiet(request, signal);
    });
    const report = await flotilla.sync(await load(), {}, { ...control, signal: interruption.signal });
    expect(report.exit).toEqual({ code: 130, reason: 'interrupted' });
    expect(report.files[0]?.outcomes.map(({ outcome }) => outcome.kind)).toEqual([
      'aborted',
      'aborted',
      'succeeded',
    ]);
    expect(events.filter((event) => event.type === 'run.interrupted')).toHaveLength(1);
  });

  it('that cuts a release short reports it as failed, and names the release', async () => {
    const interruption = createInterruption();
    const { flotilla, load, control } = chain([[]], (request, signal) => {
      if (request.args[0] !== 'upgrade') return quiet(request, signal);
      interruption.interrupt();
      throw new ProcessError('aborted', 'helm was interrupted');
    });
    const report = await flotilla.sync(await load(), {}, { ...control, signal: interruption.signal });
    expect(report.files[0]?.outcomes[0]?.outcome).toMatchObject({
      kind: 'failed',
      failure: { kind: 'executor', code: 'aborted' },
    });
  });
});

/** The laws of anchors §9. */
function checkLaws(events: readonly FlotillaEvent[], needs: ReadonlyMap<string, readonly string[]>): void {
  expect(events[0]?.type).toBe('run.started');
  expect(events.at(-1)?.type).toBe('run.finished');
  events.reduce((seq, event) => {
    expect(event.seq).toBeGreaterThan(seq);
    return event.seq;
  }, 0);
  const finished = new Map<string, number>();
  const queued = new Set<string>();
  for (const [place, event] of events.entries()) {
    if (event.type === 'release.queued') queued.add(event.release);
    if (event.type === 'release.started') {
      for (const need of needs.get(event.release) ?? []) expect(finished.has(need)).toBe(true);
    }
    if (event.type !== 'release.finished') continue;
    expect(finished.has(event.release)).toBe(false);
    finished.set(event.release, place);
  }
  expect(new Set(finished.keys())).toEqual(queued);
}

const anyRun = fc.integer({ min: 1, max: 7 }).chain((count) =>
  fc.record({
    needs: fc.array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: count, maxLength: count }),
    failing: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
    concurrency: fc.integer({ min: 0, max: 3 }),
    interruptAt: fc.option(fc.nat({ max: count })),
  }),
);

it('events keep their laws whatever fails or is interrupted', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async ({ needs, failing, concurrency, interruptAt }) => {
      const edges = needs.map((each, index) => (index === 0 ? [] : [...new Set(each.map((n) => n % index))]));
      const interruption = createInterruption();
      let upgrades = 0;
      const { flotilla, load, control, events } = chain(edges, (request, signal) => {
        if (request.args[0] !== 'upgrade') return quiet(request, signal);
        if (upgrades === interruptAt) interruption.interrupt();
        upgrades += 1;
        const index = Number(request.args[2]?.slice(1));
        return failing[index] === true ? { stderr: 'Error: no\n', exitCode: 1 } : undefined;
      });
      const state = await load();
      const request = { concurrency };
      await flotilla.sync(state, request, { ...control, signal: interruption.signal });
      const named = new Map(edges.map((each, index) => [`r${index}`, each.map((need) => `r${need}`)]));
      checkLaws(events, named);
    }),
    { seed: 11, numRuns: 60 },
  );
});
