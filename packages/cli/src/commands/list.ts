import type { DesiredRelease } from '@flotilla/core';
import { tabbedTable } from '../render/tables.ts';
import type { CommandContext } from './command.ts';
import { withState } from './with-state.ts';

/** `list`: the releases of all files by namespace and name, as a table or as one line of JSON (Helmfile 1.8.0). */
export async function list(context: CommandContext): Promise<number> {
  return withState(
    context,
    async ({ selected, visitFiles }) => {
      if (!context.flags.boolean('skip-charts')) await visitFiles('list', () => undefined);
      const rows = [...selected].map(rowOf).sort(byNamespaceAndName);
      if (rows.length === 0) return;
      const isJson = context.flags.string('output') === 'json';
      context.host.writeOutput(isJson ? `${goJson(rows)}\n` : table(rows));
    },
    { locks: 'listed' },
  );
}

/** JSON as Go's encoder escapes it. */
function goJson(rows: readonly Row[]): string {
  return JSON.stringify(rows).replaceAll(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

interface Row {
  readonly name: string;
  readonly namespace: string;
  readonly enabled: boolean;
  readonly installed: boolean;
  readonly labels: string;
  readonly chart: string;
  readonly version: string;
}

function rowOf(release: DesiredRelease): Row {
  const labels = Object.keys(release.labels)
    .sort()
    .map((name) => `${name}:${release.labels[name]}`)
    .join(',');
  return {
    name: release.key.name,
    namespace: release.key.namespace,
    enabled: release.isEnabled,
    installed: release.isInstalled,
    labels,
    chart: release.spec.chart,
    version: release.spec.version ?? '',
  };
}

function byNamespaceAndName(a: Row, b: Row): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}

function table(rows: readonly Row[]): string {
  const head = ['NAME', 'NAMESPACE', 'ENABLED', 'INSTALLED', 'LABELS', 'CHART', 'VERSION'];
  const cells = rows.map((row) => Object.values(row).map(String));
  return tabbedTable([head, ...cells]);
}
