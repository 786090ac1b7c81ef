/**
 * Release templates: what a release inherits, folded into one specification (helmfile-format §6.1).
 * In: the file's specification and a release of it. Out: the release with `inherit` gone, template entries in front of its own.
 * A template is never changed by a release that overrides it, unlike Helmfile 1.8.0.
 */
import type { Diagnosed, Diagnostic } from '@flotilla/diagnostics';
import { lostReleaseSettings } from '../merge/lost-settings.ts';
import { mergeReleases } from '../merge/merge-specs.ts';
import type { InheritSpec, ReleaseSpec } from '../spec/release-spec.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import { rememberMerge } from '../yaml/provenance.ts';
import { InheritProblem, inheritDiagnostic } from './inherit-problem.ts';

/** What `except` may name. */
const excludable: ReadonlySet<string> = new Set([
  'labels',
  'values',
  'valuesTemplate',
  'setTemplate',
  'set',
  'setString',
  'secrets',
]);

/** The release with everything it inherits, `defaultInherit` first. Blank entries count for nothing. */
export function inheritTemplates(state: StateSpec, release: ReleaseSpec): Diagnosed<ReleaseSpec> {
  const entries = withDefaults(state.defaultInherit ?? [], release.inherit ?? []);
  const diagnostics: Diagnostic[] = [];
  try {
    return { value: fold(release, entries, { state, path: [], diagnostics }), diagnostics };
  } catch (error) {
    if (!(error instanceof InheritProblem)) throw error;
    return { value: undefined, diagnostics: [inheritDiagnostic(error, state, release)] };
  }
}

function withDefaults(names: readonly string[], own: readonly InheritSpec[]): readonly InheritSpec[] {
  const known = new Set(own.map((each) => each.template.trim()));
  const added: InheritSpec[] = [];
  for (const name of names.map((each) => each.trim())) {
    if (name === '' || known.has(name)) continue;
    known.add(name);
    added.push({ template: name });
  }
  return [...added, ...own].filter((each) => each.template.trim() !== '');
}

interface Walk {
  readonly state: StateSpec;
  /** Templates on the way to this one. */
  readonly path: readonly string[];
  /** Warnings about what folding loses. */
  readonly diagnostics: Diagnostic[];
}

function fold(spec: ReleaseSpec, entries: readonly InheritSpec[], walk: Walk): ReleaseSpec {
  const merged = [...entries.map((entry) => inherited(entry, walk)), spec].reduce((base, over) => {
    walk.diagnostics.push(...lostReleaseSettings(base, over));
    return mergeReleases(base, over);
  });
  return without(merged, ['inherit']);
}

function inherited(entry: InheritSpec, { state, path, diagnostics }: Walk): ReleaseSpec {
  const name = entry.template;
  const trail = [...path, name];
  if (path.includes(name)) throw new InheritProblem('cycle', trail);
  const template = state.templates?.[name];
  if (template === undefined) throw new InheritProblem('unknown', trail);
  const body = fold(template, template.inherit ?? [], { state, path: trail, diagnostics });
  const bad = entry.except?.find((key) => !excludable.has(key));
  if (bad !== undefined) throw new InheritProblem('except', trail, bad);
  return without(body, entry.except ?? []);
}

function without(spec: ReleaseSpec, keys: readonly string[]): ReleaseSpec {
  if (!keys.some((key) => Object.hasOwn(spec, key))) return spec;
  const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !keys.includes(key)));
  rememberMerge(kept, [spec]);
  return kept as ReleaseSpec;
}
