/**
 * Coalescing: the values of a release laid over the defaults of its chart and sub-charts. Comes in: a tree of named charts
 * with defaults, and the user's values. Goes out: one table, tables of sub-charts below their names, globals handed down.
 * Not its business: reading values, enabling sub-charts.
 */
import { Dict, GoError, sprintf } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { discardLog, type LogSink, logRecord } from '../chart/log-record.ts';
import { copyValues } from './copy-values.ts';
import { coalesceGlobals } from './globals.ts';
import { hasKey, joinKey, type MergeRules, mergeTables, removeNulls } from './tables.ts';

/** What coalescing needs of a chart. */
export interface ValuesChart {
  readonly name: string;
  readonly values: Dict;
  readonly dependencies: readonly ValuesChart[];
}

export interface CoalesceOptions {
  readonly compat?: HelmCompat;
  readonly log?: LogSink;
}

/**
 * All values of a chart and its sub-charts (Helm 4.3.1 `CoalesceValues`): a user's null removes a default and is kept
 * where there is none; nulls among defaults never show. Helm 3 lets them show.
 * Throws GoError when the section of a sub-chart is no table.
 */
export function coalesceValues(chart: ValuesChart, values: Dict, options: CoalesceOptions = {}): Dict {
  return new Coalescing(options, false).chart(chart, copyValues(values), '');
}

/** As {@link coalesceValues}, but every null stays (Helm 4.3.1 `MergeValues`). */
export function mergeValues(chart: ValuesChart, values: Dict, options: CoalesceOptions = {}): Dict {
  return new Coalescing(options, true).chart(chart, copyValues(values), '');
}

class Coalescing {
  readonly #rules: MergeRules;
  readonly #cleansDefaults: boolean;

  constructor(options: CoalesceOptions, keepsNulls: boolean) {
    const log = options.log ?? discardLog;
    this.#rules = { keepsNulls, warn: (text) => log(logRecord(text)) };
    this.#cleansDefaults = options.compat !== 'v3' && !keepsNulls;
  }

  chart(chart: ValuesChart, destination: Dict, prefix: string): Dict {
    this.#ownDefaults(chart, destination, joinKey(prefix, chart.name));
    const subPrefix = joinKey(prefix, chart.name);
    for (const dependency of chart.dependencies) {
      const section = hasKey(destination, dependency.name) ? destination[dependency.name] : new Dict();
      if (!(section instanceof Dict)) {
        throw new GoError(sprintf('type mismatch on %s: %t', [dependency.name, section]));
      }
      destination[dependency.name] = section;
      coalesceGlobals(section, destination, this.#rules, subPrefix);
      this.chart(dependency, section, subPrefix);
    }
    return destination;
  }

  #ownDefaults(chart: ValuesChart, destination: Dict, prefix: string): void {
    const defaults = copyValues(chart.values);
    for (const key of Object.keys(defaults)) {
      const value = destination[key];
      const fallback = defaults[key];
      if (value === undefined) this.#addDefault(destination, key, fallback);
      else if (value === null && !this.#rules.keepsNulls) delete destination[key];
      else if (value instanceof Dict) {
        const isSubchart = chart.dependencies.some((each) => each.name === key);
        this.#mergeDefault(value, fallback, { path: joinKey(prefix, key), isSubchart });
      }
    }
  }

  #addDefault(destination: Dict, key: string, fallback: unknown): void {
    if (this.#cleansDefaults) {
      if (fallback === null) return;
      if (fallback instanceof Dict) removeNulls(fallback);
    }
    destination[key] = fallback;
  }

  /** Nulls in the section of a sub-chart survive until the sub-chart's own defaults are known. */
  #mergeDefault(
    value: Dict,
    fallback: unknown,
    { path, isSubchart }: { readonly path: string; readonly isSubchart: boolean },
  ): void {
    if (!(fallback instanceof Dict)) {
      if (fallback !== null) this.#rules.warn(`warning: skipped value for ${path}: Not a table.`);
      return;
    }
    const keepsNulls = this.#rules.keepsNulls || isSubchart;
    if (this.#cleansDefaults && !keepsNulls) removeNulls(fallback);
    mergeTables(value, fallback, { keepsNulls, warn: this.#rules.warn }, path);
  }
}
