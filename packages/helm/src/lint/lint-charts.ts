/**
 * `helm lint`: charts on disk to findings and the text Helm prints. Comes in: paths of chart directories or archives and
 * the values to render with. Goes out: a report. The rules are in files of their own, in Helm's order here.
 */
import { join } from 'node:path';
import { Dict, GoError, wrapGoError } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import type { KubeVersion } from '../engine/kube-version.ts';
import { expandArchive } from '../package/expand-archive.ts';
import { isDirectory } from '../registry/host-files.ts';
import type { RegistryHost } from '../registry/registry-host.ts';
import { copyValues } from '../values/copy-values.ts';
import { lintChartYaml } from './chart-yaml-rules.ts';
import { lintCrds, lintDependencies } from './dependency-rules.ts';
import { formatLintMessage, type LintMessage, LintReport } from './lint-report.ts';
import { lintTemplates } from './template-rules.ts';
import { lintValues } from './values-rules.ts';

export interface LintOptions {
  readonly values?: Dict;
  readonly namespace?: string;
  readonly kubeVersion?: KubeVersion;
  readonly strict?: boolean;
  readonly quiet?: boolean;
  readonly withSubcharts?: boolean;
  readonly skipSchemaValidation?: boolean;
  readonly templateHost: TemplateHost;
}

export interface LintedChart {
  readonly path: string;
  readonly messages: readonly LintMessage[];
  /** Why the chart could not be linted at all. */
  readonly error: string | undefined;
  readonly failed: boolean;
}

export interface LintResult {
  readonly charts: readonly LintedChart[];
  /** What Helm prints on stdout. */
  readonly text: string;
  /** The summary, when charts failed: Helm's error. */
  readonly error: string | undefined;
}

/** Lints charts one after the other (Helm 4.3.1 `lint`). */
export async function lintCharts(
  paths: readonly string[],
  host: RegistryHost,
  options: LintOptions,
): Promise<LintResult> {
  const all =
    options.withSubcharts === true ? [...paths, ...paths.flatMap((path) => subcharts(path, host))] : paths;
  const charts: LintedChart[] = [];
  // The rules fill the values; the caller's own stay as they are.
  const own = { ...options, values: copyValues(options.values ?? new Dict()) };
  for (const path of all) charts.push(await lintChart(path, host, own));
  const failed = charts.filter((chart) => chart.failed).length;
  const summary = `${all.length} chart(s) linted, ${failed} chart(s) failed`;
  const body = charts.map((chart) => chartText(chart, options.quiet === true)).join('');
  if (failed > 0) return { charts, text: body, error: summary };
  const isSilent = options.quiet === true && !charts.some(hasProblems);
  return { charts, text: isSilent ? body : `${body}${summary}\n`, error: undefined };
}

/** Lints one chart. */
export async function lintChart(
  path: string,
  host: RegistryHost,
  options: LintOptions,
): Promise<LintedChart> {
  const isArchive = /\.t(?:gz|ar\.gz)$/.test(path);
  const temporary = isArchive ? host.files.makeTemporaryDirectory() : undefined;
  try {
    const directory = temporary === undefined ? path : unpack(path, temporary, host);
    const messages = await runRules(directory, host, options);
    const isFailure = ({ severity }: LintMessage): boolean =>
      severity === 'error' || (options.strict === true && severity === 'warning');
    return { path, messages, error: undefined, failed: messages.some(isFailure) };
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    return { path, messages: [], error: error.message, failed: true };
  } finally {
    if (temporary !== undefined) host.files.remove(temporary);
  }
}

function unpack(path: string, folder: string, host: RegistryHost): string {
  let bytes: Uint8Array;
  try {
    bytes = host.files.read(path);
  } catch (error) {
    throw wrapGoError('unable to open tarball: ', error);
  }
  try {
    return expandArchive(bytes, folder, host.files);
  } catch (error) {
    throw wrapGoError('unable to extract tarball: ', error);
  }
}

async function runRules(
  path: string,
  host: RegistryHost,
  options: LintOptions,
): Promise<readonly LintMessage[]> {
  checkIsChart(path, host);
  const report = new LintReport();
  const context = {
    directory: host.files.absolute(path),
    files: host.files,
    report,
    values: options.values ?? new Dict(),
    namespace: options.namespace ?? 'default',
    kubeVersion: options.kubeVersion,
    skipSchemaValidation: options.skipSchemaValidation === true,
    templateHost: options.templateHost,
    log: host.log,
  };
  lintChartYaml(context);
  await lintValues(context);
  await lintTemplates(context);
  lintDependencies(context);
  lintCrds(context);
  return report.messages;
}

function checkIsChart(path: string, host: RegistryHost): void {
  const chartYaml = join(path, 'Chart.yaml');
  const context = 'unable to check Chart.yaml file in chart';
  let isPresent: boolean;
  try {
    isPresent = host.files.stat(chartYaml) !== undefined;
  } catch (error) {
    throw wrapGoError(`${context}: `, error);
  }
  if (!isPresent) throw new GoError(`${context}: stat ${chartYaml}: no such file or directory`);
}

function hasProblems({ messages, error }: LintedChart): boolean {
  return error !== undefined || messages.some(({ severity }) => severity !== 'info');
}

function chartText(chart: LintedChart, isQuiet: boolean): string {
  if (isQuiet && !hasProblems(chart)) return '';
  const shown = chart.messages.filter(({ severity }) => !isQuiet || severity !== 'info');
  const lines = shown.map((message) => `${formatLintMessage(message)}\n`);
  const error = chart.messages.length === 0 && chart.error !== undefined ? `Error ${chart.error}\n` : '';
  return `==> Linting ${chart.path}\n${error}${lines.join('')}\n`;
}

/** Chart directories and archives anywhere below `charts/`, in lexical order. */
function subcharts(path: string, host: RegistryHost): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const name of host.files.list(folder)) {
      const entry = join(folder, name);
      if (name === 'Chart.yaml') found.push(folder);
      else if (/\.t(?:gz|ar\.gz)$/.test(name)) found.push(entry);
      else if (isDirectory(host.files, entry)) walk(entry);
    }
  };
  const root = join(path, 'charts');
  if (isDirectory(host.files, root)) walk(root);
  return found;
}
