import { type Diagnostic, errorDiagnostic, warningDiagnostic } from '@flotilla/diagnostics';
import type { StateSpec } from '../spec/state-spec.ts';
import { spanOf } from '../yaml/provenance.ts';

/** Helmfile 1.8.0's checks of a loaded file: sub-helmfiles that lead back to it, and update strategies. */
export function checkStateFile(spec: StateSpec, fileName: string): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const [index, { path }] of (spec.helmfiles ?? []).entries()) {
    const span = spanOf(spec, 'helmfiles', index);
    if (path === fileName) {
      const text = `${fileName} contains a recursion into the same sub-helmfile at helmfiles[${index}]`;
      diagnostics.push(
        errorDiagnostic('state/recursion', 'a file cannot be its own sub-helmfile', {
          span,
          referenceText: text,
        }),
      );
    } else if (path === '.') {
      const text = `${fileName} contains a recursion into the the directory containing this helmfile at helmfiles[${index}]`;
      diagnostics.push(
        errorDiagnostic('state/recursion', 'a file cannot have its own directory as a sub-helmfile', {
          span,
          referenceText: text,
        }),
      );
    }
  }
  for (const [index, { updateStrategy = '' }] of (spec.releases ?? []).entries()) {
    if (updateStrategy === '' || updateStrategy === 'reinstallIfForbidden') continue;
    const text = `updateStrategy "${updateStrategy}" is invalid, valid values are: reinstallIfForbidden or not set`;
    diagnostics.push(
      errorDiagnostic('state/update-strategy', `updateStrategy "${updateStrategy}" is not known`, {
        span: spanOf(spec, 'releases', index, 'updateStrategy'),
        hint: 'use reinstallIfForbidden, or leave it out',
        referenceText: `failed to read ${fileName}: ${text}`,
      }),
    );
  }
  return diagnostics;
}

/** A release whose chart comes from a repository that the parent has and the sub-helmfile lacks (once per repository). */
export function uninheritedRepositories(
  spec: StateSpec,
  parentRepositories: readonly string[],
): readonly Diagnostic[] {
  const own = new Set((spec.repositories ?? []).map((each) => each.name));
  const lacking = new Set(parentRepositories.filter((name) => !own.has(name)));
  const diagnostics: Diagnostic[] = [];
  for (const [index, { name = '', chart = '' }] of (spec.releases ?? []).entries()) {
    const slash = chart.indexOf('/');
    const repository = slash === -1 ? '' : chart.slice(0, slash);
    if (!lacking.delete(repository)) continue;
    const text = `release "${name}" references repository "${repository}" which is available in the parent helmfile but not inherited. Add "inherits: [repositories]" to this sub-helmfile entry, or declare the repository here.`;
    diagnostics.push(
      warningDiagnostic(
        'state/repository-not-inherited',
        `release "${name}" uses the repository "${repository}" of the parent helmfile`,
        {
          span: spanOf(spec, 'releases', index, 'chart'),
          hint: 'add "inherits: [repositories]" to the sub-helmfile entry, or declare the repository here',
          referenceText: text,
        },
      ),
    );
  }
  return diagnostics;
}
