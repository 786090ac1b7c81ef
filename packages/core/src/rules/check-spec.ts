/**
 * Semantic checks of a merged spec. In: a spec whose fields have the right types. Out: warnings about what Helmfile accepts
 * silently, or fails on only when it gets there.
 * Not its business: what Helmfile refuses at load (the loader), rules over several files, charts and clusters.
 */
import { type Diagnostic, sortDiagnostics } from '@flotilla/diagnostics';
import type { StateSpec } from '../spec/state-spec.ts';
import { emptySetItems } from './empty-set-items.ts';
import { hookCommands } from './hook-commands.ts';
import { hookEvents } from './hook-events.ts';
import { missingFileHandlers } from './missing-file-handlers.ts';
import { repeatedNames } from './repeated-names.ts';
import type { Rule } from './rule.ts';
import { selfNeeds } from './self-needs.ts';
import { unknownChoices } from './unknown-choices.ts';

/** Every rule, in no particular order. */
const specRules: readonly Rule[] = [
  emptySetItems,
  hookCommands,
  hookEvents,
  missingFileHandlers,
  repeatedNames,
  selfNeeds,
  unknownChoices,
];

/** What the rules say about a spec, in the order of the file. */
export function checkSpec(spec: StateSpec): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const rule of specRules) rule(spec, (diagnostic) => diagnostics.push(diagnostic));
  return diagnostics.length < 2 ? diagnostics : sortDiagnostics(diagnostics);
}
