import {
  type DesiredRelease,
  type DesiredState,
  type DesiredStateFile,
  type Flotilla,
  type ReadingCommand,
  selectReleases,
} from '@flotilla/core';
import { type Diagnostic, DiagnosticsError, hasErrors } from '@flotilla/diagnostics';
import { compose } from '../compose.ts';
import { exitCode } from '../exit-code.ts';
import { loadOptionsOf } from '../load-options.ts';
import { nearMatchText, noMatchText } from '../render/no-match.ts';
import { printDiagnostics } from '../render/print-diagnostics.ts';
import { chooseReporter } from '../reporters/choose-reporter.ts';
import type { CommandContext } from './command.ts';

/** A loaded state with the releases a reading command works on. */
export interface SelectedState {
  readonly flotilla: Flotilla;
  readonly state: DesiredState;
  readonly selected: ReadonlySet<DesiredRelease>;
  /** Visits every file within its hooks; a hook that fails ends the command. */
  readonly visitFiles: (
    command: ReadingCommand,
    visit: (file: DesiredStateFile) => void | Promise<void>,
  ) => Promise<void>;
}

export interface StateOptions {
  /** Repeated releases are no error. */
  readonly allowsDuplicates?: boolean;
  /** Lock files count. */
  readonly locks?: 'prepared' | 'listed';
}

/** The end of a command one of whose hooks failed; the reporter has told it. */
class HookFailed extends Error {}

/** True when standard error may be coloured. */
export function hasErrorColor({ host, settings }: CommandContext): boolean {
  return settings.color ?? host.isErrorTerminal;
}

/**
 * Loads, selects and calls `work`; problems are printed and end in exit code 1. When no release is left, the no-match text is
 * printed after the work, with exit code 3, as Helmfile's reading commands do.
 */
export async function withState(
  context: CommandContext,
  work: (selected: SelectedState) => void | Promise<void>,
  options: StateOptions = {},
): Promise<number> {
  const { host, settings } = context;
  const shown = new Set<Diagnostic>();
  const show = (diagnostics: readonly Diagnostic[]): void => {
    const fresh = diagnostics.filter((each) => !shown.has(each));
    for (const each of fresh) shown.add(each);
    printDiagnostics(host, fresh, hasErrorColor(context));
  };
  try {
    await using flotilla = await compose(context, 'none');
    const loaded = await flotilla.load(loadOptionsOf(context), {
      onEvent: (event) => {
        if (event.type === 'diagnostic') show([event.diagnostic]);
      },
    });
    const given = { flotilla, ...(await selectedState(flotilla, loaded, options)) };
    await work({ ...given, visitFiles: visitor(context, given) });
    if (given.selected.size > 0) return exitCode.success;
    host.writeError(`${noMatchText(settings)}\n${nearMatchText(given.state)}`);
    return settings.allowNoMatchingRelease ? exitCode.success : exitCode.usage;
  } catch (error) {
    if (error instanceof HookFailed) return exitCode.failure;
    if (!(error instanceof DiagnosticsError)) throw error;
    show(error.diagnostics);
    return exitCode.failure;
  }
}

/** The releases to work on, with the versions of lock files where a command heeds them. */
async function selectedState(
  flotilla: Flotilla,
  state: DesiredState,
  { allowsDuplicates = false, locks }: StateOptions,
): Promise<Pick<SelectedState, 'state' | 'selected'>> {
  const selection = selectReleases(state, { needs: 'skip', keepsDisabled: true });
  const isRefused = !allowsDuplicates && hasErrors(selection.diagnostics);
  if (selection.value === undefined || isRefused) throw new DiagnosticsError(selection.diagnostics);
  const selected = new Set(selection.value.selected);
  if (locks === undefined) return { state, selected };
  const locked = await flotilla.lockVersions(state, { selected, isListing: locks === 'listed' });
  return locked === state ? { state, selected } : await selectedState(flotilla, locked, { allowsDuplicates });
}

/** Most files have no hooks, and then what runs them need not be loaded. */
function visitor(
  context: CommandContext,
  { flotilla, state, selected }: Omit<SelectedState, 'visitFiles'>,
): SelectedState['visitFiles'] {
  return async (command, visit) => {
    if (!state.files.some(hasHooks)) {
      for (const file of state.files) await visit(file);
      return;
    }
    using reporter = await chooseReporter(context);
    const report = await flotilla.visitFiles({ command, state, selected, visit }, reporter);
    if (report.exit.reason !== 'failed') return;
    reporter.finish(report);
    throw new HookFailed();
  };
}

function hasHooks({ spec, releases }: DesiredStateFile): boolean {
  return [spec, ...releases.map((release) => release.spec)].some(({ hooks = [] }) => hooks.length > 0);
}
