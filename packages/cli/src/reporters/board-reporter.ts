import type { ReleaseId } from '@flotilla/core';
import type { CommandContext } from '../commands/command.ts';
import { durationText } from '../render/duration.ts';
import { plainReporter } from './plain-reporter.ts';
import type { Reporter } from './reporter.ts';

/**
 * The live board of a terminal: finished releases scroll by, the running ones stand below with their time, repainted in place.
 */
export function boardReporter(context: CommandContext): Reporter {
  const { host } = context;
  const running = new Map<ReleaseId, RunningRelease>();
  let painted = 0;
  const clear = (): void => {
    if (painted > 0) host.writeError(`\u001b[${painted}A\u001b[0J`);
    painted = 0;
  };
  const paint = (): void => {
    clear();
    const lines = boardLines([...running.values()], Date.now(), host.columns);
    painted = lines.length;
    host.writeError(lines.map((line) => `${line}\n`).join(''));
  };
  const plain = plainReporter(context);
  const timer = setInterval(() => {
    if (running.size > 0) paint();
  }, 250);
  timer.unref();
  return {
    onEvent: (event) => {
      if (event.type === 'release.started') {
        running.set(event.release, { id: event.release, since: event.at, note: '' });
        paint();
        return;
      }
      if (event.type === 'release.finished') running.delete(event.release);
      note(running, event.type === 'executor.progress' ? event : undefined);
      clear();
      plain.onEvent(event);
      paint();
    },
    finish: (report) => {
      clearInterval(timer);
      clear();
      plain.finish(report);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

interface RunningRelease {
  readonly id: ReleaseId;
  readonly since: number;
  readonly note: string;
}

function note(
  running: Map<ReleaseId, RunningRelease>,
  progress: { readonly release?: ReleaseId; readonly message: string } | undefined,
): void {
  if (progress?.release === undefined) return;
  const known = running.get(progress.release);
  if (known !== undefined) running.set(known.id, { ...known, note: progress.message });
}

const maximumLines = 10;

/** The board as lines no wider than the terminal, the slowest release first with its reason. */
export function boardLines(
  running: readonly RunningRelease[],
  now: number,
  columns: number,
): readonly string[] {
  const slowestFirst = [...running].sort((a, b) => a.since - b.since);
  const lines = slowestFirst
    .slice(0, maximumLines)
    .map(({ id, since }) => `  ◐ ${id}  ${durationText(now - since)}`);
  const rest = running.length - maximumLines;
  if (rest > 0) lines.push(`    and ${rest} more`);
  const reason = slowestFirst[0]?.note ?? '';
  if (reason !== '') lines.push(`    ${slowestFirst[0]?.id}: ${reason}`);
  return lines.map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line));
}
