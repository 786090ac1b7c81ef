import { type DesiredRelease, type DesiredState, type Flotilla, selectReleases } from '@flotilla/core';
import { type Diagnostic, DiagnosticsError, hasErrors } from '@flotilla/diagnostics';
import { compose } from '../compose.ts';
import { exitCode } from '../exit-code.ts';
import { loadOptionsOf } from '../load-options.ts';
import { printDiagnostics } from '../render/print-diagnostics.ts';
import type { CommandContext } from './command.ts';

/** A loaded state with the releases a reading command works on. */
export interface SelectedState {
  readonly flotilla: Flotilla;
  readonly state: DesiredState;
  readonly selected: ReadonlySet<DesiredRelease>;
}

/** True when standard error may be coloured. */
export function hasErrorColor({ host, settings }: CommandContext): boolean {
  return settings.color ?? host.isErrorTerminal;
}

/**
 * Loads, selects and calls `work`; problems are printed and end in exit code 1. When no release is left, the no-match text is
 * printed after the work, with exit code 3, as Helmfile's reading commands do. Repeated releases are an error unless allowed.
 */
export async function withState(
  context: CommandContext,
  work: (selected: SelectedState) => void | Promise<void>,
  { allowsDuplicates = false }: { readonly allowsDuplicates?: boolean } = {},
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
    const state = await flotilla.load(loadOptionsOf(context), {
      onEvent: (event) => {
        if (event.type === 'diagnostic') show([event.diagnostic]);
      },
    });
    const selection = selectReleases(state, { needs: 'skip', keepsDisabled: true });
    const isRefused = !allowsDuplicates && hasErrors(selection.diagnostics);
    if (selection.value === undefined || isRefused) throw new DiagnosticsError(selection.diagnostics);
    const selected = new Set(selection.value.selected);
    await work({ flotilla, state, selected });
    if (selected.size > 0) return exitCode.success;
    host.writeError(`${noMatchText(context)}\n`);
    return settings.allowNoMatchingRelease ? exitCode.success : exitCode.usage;
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    show(error.diagnostics);
    return exitCode.failure;
  }
}

function noMatchText({ settings: { selectors, environment } }: CommandContext): string {
  return `err: no releases found that matches specified selector(${selectors.join(', ')}) and environment(${environment}), in any helmfile`;
}
