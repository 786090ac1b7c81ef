import type { CallContext, LintReport, ReleaseRequest } from '@flotilla/core';
import { type LintedChart, lintCharts } from '../lint/lint-charts.ts';
import type { NativeCharts } from './native-charts.ts';
import type { NativeRenderer } from './native-renderer.ts';

interface LintTools {
  readonly renderer: NativeRenderer;
  readonly charts: NativeCharts;
  readonly context: CallContext;
  /** The chart was fetched: Helm names the path it lies at, otherwise the chart as asked for. */
  readonly isFetched: boolean;
}

/**
 * `helm lint` of a release's chart with its values (Helm 4.3.1). In: a request whose chart is on disk. Out: the findings
 * and Helm's text; a chart that fails is an answer, not an error. Rejects with GoError for values that cannot be read.
 */
export async function lintRelease(request: ReleaseRequest, tools: LintTools): Promise<LintReport> {
  const { renderer, charts, context, isFetched } = tools;
  const { chart, key, options } = request;
  const path = isFetched ? (chart.path ?? chart.reference) : chart.reference;
  const { charts: linted, ...result } = await lintCharts([path], charts.hostIn(context.directory), {
    values: renderer.valuesOf(request, context),
    namespace: key.namespace === '' ? 'default' : key.namespace,
    skipSchemaValidation: options.skipSchemaValidation === true,
    templateHost: renderer.host,
  });
  const report = {
    text: result.text,
    findings: linted.flatMap(findingsOf),
    passed: result.error === undefined,
  };
  if (result.error === undefined) return report;
  return {
    ...report,
    transcript: {
      argv: ['helm', 'lint', path],
      exitCode: 1,
      signal: undefined,
      durationMs: 0,
      stdout: result.text,
      stderr: `Error: ${result.error}\n`,
    },
  };
}

function findingsOf({ messages }: LintedChart): LintReport['findings'] {
  return messages.map(({ severity, path, text }) => ({ severity, path, message: text }));
}
