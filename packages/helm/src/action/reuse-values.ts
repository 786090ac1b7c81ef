/** Values of an upgrade: the new ones, the last release's, or both, by its flags (Helm 4.3.1). */
import { Dict } from '@flotilla/gocompat';
import { logRecord } from '../chart/log-record.ts';
import { recordedText } from '../release/chart-record.ts';
import type { Release } from '../release/release.ts';
import { coalesceValues } from '../values/coalesce.ts';
import { copyValues } from '../values/copy-values.ts';
import { mergeTables } from '../values/tables.ts';
import type { ActionContext } from './action-context.ts';

export interface ReuseFlags {
  readonly resetValues?: boolean;
  readonly reuseValues?: boolean;
  readonly resetThenReuseValues?: boolean;
}

export interface ReusedValues {
  readonly values: Dict;
  /** In place of the chart's defaults. */
  readonly defaults: Dict | undefined;
}

/** The first flag that is set wins; without any, new values replace old ones, and old ones stay when there are none. */
export function valuesForUpgrade(
  context: ActionContext,
  current: Release,
  values: Dict,
  flags: ReuseFlags,
): ReusedValues {
  const old = current.config ?? new Dict();
  if (flags.resetValues === true) return { values, defaults: undefined };
  if (flags.reuseValues === true) {
    return { values: overOld(context, values, old), defaults: allValuesOf(context, current) };
  }
  if (flags.resetThenReuseValues === true) {
    return { values: overOld(context, values, old), defaults: undefined };
  }
  const isEmpty = Object.keys(values).length === 0;
  return { values: isEmpty && Object.keys(old).length > 0 ? old : values, defaults: undefined };
}

function overOld({ log }: ActionContext, values: Dict, old: Dict): Dict {
  const warn = (text: string): void => log(logRecord(text));
  return mergeTables(copyValues(values), copyValues(old), { keepsNulls: false, warn });
}

/** A stored release's values over those of its chart (`helm get values --all`). */
export function allValuesOf({ compat, log }: Pick<ActionContext, 'compat' | 'log'>, release: Release): Dict {
  const defaults = release.chart?.['values'];
  const chart = {
    name: recordedText(release.chart, 'name'),
    values: defaults instanceof Dict ? defaults : new Dict(),
    dependencies: [],
  };
  return coalesceValues(chart, release.config ?? new Dict(), { compat, log });
}
