/** Rules for declared and present sub-charts, and for `crds/` (Helm 4.3.1 `rules.Dependencies`, `rules.Crds`). */
import { join } from 'node:path';
import { decodeBytes, GoError } from '@flotilla/gocompat';
import type { Chart } from '../chart/chart.ts';
import { crdsOf, instantiateChart } from '../chart/chart-instance.ts';
import { loadChart } from '../chart/load-chart.ts';
import { documentHeads } from './document-head.ts';
import { type LintContext, problemOf } from './lint-context.ts';

/** Reports sub-charts that are missing, undeclared or share a name. */
export function lintDependencies(context: LintContext): void {
  const { directory, report } = context;
  const chart = loadOrReport(context, '', 'unable to load chart\n\t');
  if (chart === undefined) return;
  const declared = chart.metadata.dependencies ?? [];
  const names = new Set(declared.map(({ name }) => name));
  const present = new Set(chart.dependencies.map(({ metadata }) => metadata.name));
  const undeclared = chart.dependencies
    .map(({ metadata }) => metadata.name)
    .filter((name) => !names.has(name));
  const absent = declared.map(({ name }) => name).filter((name) => !present.has(name));
  report.check('error', directory, listed('chart metadata is missing these dependencies', undeclared));
  report.check('error', directory, listed('multiple dependencies with name or alias', repeated(chart)));
  report.check('warning', directory, listed('chart directory is missing these dependencies', absent));
}

function repeated({ metadata }: Chart): readonly string[] {
  const keys = (metadata.dependencies ?? []).map(({ name, alias }) => (alias === '' ? name : alias));
  return keys.filter((key, i) => keys.indexOf(key) !== i);
}

function listed(text: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${text}: ${names.join(',')}`;
}

function loadOrReport(
  { directory, files, report }: LintContext,
  path: string,
  prefix = '',
): Chart | undefined {
  let chart: Chart | undefined;
  const problem = problemOf(() => {
    chart = loadChart({ kind: 'directory', files: files.chartFiles(directory) });
  }, prefix);
  return report.check('error', path, problem) ? chart : undefined;
}

const crdFolder = 'crds/';

/** Reports files in `crds/` that are no custom resource definitions. */
export function lintCrds(context: LintContext): void {
  const { directory, files, report } = context;
  const entry = files.stat(join(directory, 'crds'));
  if (entry === undefined) return;
  const isFolder = entry.kind === 'directory';
  if (!report.check('error', crdFolder, isFolder ? undefined : 'not a directory')) return;
  const chart = loadOrReport(context, crdFolder);
  if (chart === undefined) return;
  for (const { name, file } of crdsOf(instantiateChart(chart))) {
    if (!lintCrd(name, decodeBytes(file.data), context)) return;
  }
}

function lintCrd(name: string, content: string, { report }: LintContext): boolean {
  try {
    for (const { apiVersion, kind } of documentHeads(content)) {
      const isGroup = apiVersion.startsWith('apiextensions.k8s.io');
      report.check('error', name, isGroup ? undefined : "apiVersion is not in 'apiextensions.k8s.io'");
      const isKind = kind === 'CustomResourceDefinition';
      report.check('error', name, isKind ? undefined : "object kind is not 'CustomResourceDefinition'");
    }
    return true;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    report.check('error', name, `unable to parse YAML: ${error.message}`);
    return false;
  }
}
