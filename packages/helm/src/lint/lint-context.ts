import { type Dict, GoError } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import type { LogSink } from '../chart/log-record.ts';
import type { KubeVersion } from '../engine/kube-version.ts';
import type { HostFiles } from '../registry/host-files.ts';
import type { LintReport } from './lint-report.ts';

/** What the rules need to look at a chart directory. */
export interface LintContext {
  /** Absolute path of the chart. */
  readonly directory: string;
  readonly files: HostFiles;
  readonly report: LintReport;
  readonly values: Dict;
  readonly namespace: string;
  readonly kubeVersion: KubeVersion | undefined;
  readonly skipSchemaValidation: boolean;
  readonly templateHost: TemplateHost;
  readonly log: LogSink;
}

/** The message of a GoError that `run` throws, `prefix` in front; undefined when it throws none. */
export function problemOf(run: () => unknown, prefix = ''): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof GoError) return `${prefix}${error.message}`;
    throw error;
  }
}
