import type { DesiredState } from '../desired/desired-state.ts';
import {
  type CommandControl,
  createSession,
  Executors,
  type FlotillaSetup,
} from '../prepare/create-session.ts';
import type { RunReport } from '../report/run-report.ts';
import { commandShapes } from './command-shapes.ts';
import { type CommandRequest, runCommand } from './run-command.ts';
import { type FileVisit, visitFiles } from './visit-files.ts';

/** Everything a command needs to run, apart from the front door because loading state files needs none of it. */

export interface CommandCall {
  readonly state: DesiredState;
  readonly request: CommandRequest;
  readonly control: CommandControl;
  /** The state was loaded in reverse. */
  readonly isReversed: boolean;
  readonly projectDirectories: readonly string[];
}

export interface VisitCall extends Pick<CommandCall, 'control' | 'projectDirectories'> {
  readonly visit: FileVisit;
}

export interface CommandStarter extends AsyncDisposable {
  readonly start: (name: keyof typeof commandShapes, call: CommandCall) => Promise<RunReport>;
  /** Visits files within their hooks. */
  readonly visit: (call: VisitCall) => Promise<RunReport>;
}

/** Starts commands by name; keeps the executors until it is disposed. */
export function createCommandStarter(options: FlotillaSetup): CommandStarter {
  const executors = new Executors(options.executor);
  return {
    start: (name, { state, request, control, isReversed, projectDirectories }) => {
      const shape = commandShapes[name];
      const session = createSession(options, {
        command: shape.name,
        request,
        control,
        executors,
        projectDirectories,
      });
      const turns = 'isReversed' in shape && shape.isReversed && !isReversed;
      return runCommand(session, { ...shape, isReversed: turns }, { state, request });
    },
    visit: ({ visit: { command, ...visit }, control, projectDirectories }) =>
      visitFiles(
        createSession(options, { command, request: {}, control, executors, projectDirectories }),
        visit,
      ),
    [Symbol.asyncDispose]: () => executors[Symbol.asyncDispose](),
  };
}
