import { type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredState } from '../desired/desired-state.ts';

/** Two chosen releases of one file with the same name, namespace and kube context (Helmfile 1.8.0's text). */
export function duplicateReleases(
  state: DesiredState,
  selected: readonly DesiredRelease[],
): readonly Diagnostic[] {
  const byKey = new Map<string, DesiredRelease[]>();
  for (const release of selected) {
    const key = `${release.fileIndex} ${release.id}`;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [release]);
    else known.push(release);
  }
  const result: Diagnostic[] = [];
  for (const releases of byKey.values()) {
    if (releases.length > 1) result.push(duplicate(state, releases));
  }
  return result;
}

function duplicate(state: DesiredState, releases: readonly DesiredRelease[]): Diagnostic {
  const [first, second, ...others] = releases;
  const { name = '', namespace = '', kubeContext = '' } = first?.key ?? {};
  const place = `${namespace === '' ? '' : ` in namespace "${namespace}"`}${kubeContext === '' ? '' : ` in kubecontext "${kubeContext}"`}`;
  const file = state.files[first?.fileIndex ?? -1];
  return errorDiagnostic(
    'state/duplicate-release',
    `release "${name}"${place} is defined ${releases.length} times in ${file?.name}`,
    {
      span: second?.spanOf('name') ?? second?.spanOf(),
      related: [first, ...others].flatMap((release) => {
        const span = release?.spanOf('name') ?? release?.spanOf();
        return span === undefined ? [] : [{ span, message: 'also defined here' }];
      }),
      hint: 'rename one, give it another namespace, or select at most one of them',
      referenceText: `${file?.errorPrefix ?? ''}duplicate release "${name}" found${place}: there were ${releases.length} releases named "${name}" matching specified selector`,
    },
  );
}
