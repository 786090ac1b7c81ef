/**
 * Dependencies of a release: which sub-charts take part, under which names, and which of their values the parent imports.
 * Comes in: an instance and the user's values. Goes out: the instance, changed. Warnings go to the log.
 * Not its business: whether declared charts are on disk.
 */
import { Dict, formatValue, quote, stringMap, trimSpace } from '@flotilla/gocompat';
import { coalesceValues, mergeValues } from '../values/coalesce.ts';
import { copyValues } from '../values/copy-values.ts';
import { tableAt, valueAt } from '../values/path-value.ts';
import { mergeTables } from '../values/tables.ts';
import { ChartInstance, type DependencyState } from './chart-instance.ts';
import type { HelmCompat } from './helm-compat.ts';
import { discardLog, type LogSink, logRecord, slogRecord } from './log-record.ts';
import { isCompatibleRange } from './version-range.ts';

export interface DependencyOptions {
  readonly compat?: HelmCompat;
  readonly log?: LogSink;
}

/**
 * Aliases, tags, conditions, then import-values (Helm 4.3.1 `ProcessDependencies`).
 * Throws GoError when the values of a sub-chart are no table.
 */
export function processDependencies(
  instance: ChartInstance,
  values: Dict,
  options: DependencyOptions = {},
): void {
  new DependencyProcess(options).run(instance, values);
}

class DependencyProcess {
  readonly #compat: HelmCompat;
  readonly #log: LogSink;

  constructor(options: DependencyOptions) {
    this.#compat = options.compat ?? 'v4';
    this.#log = options.log ?? discardLog;
  }

  run(instance: ChartInstance, values: Dict): void {
    this.#enable(instance, values, '');
    this.#importBelow(instance);
  }

  /** The values of the root are handed down as they are; `path` says where those of `instance` sit in them. */
  #enable(instance: ChartInstance, values: Dict, path: string): void {
    const { state } = instance;
    const declared = state.dependencies;
    if (declared === undefined) return;
    instance.adopt(this.#selectCharts(instance, declared));
    for (const entry of declared) entry.enabled = true;
    const all = coalesceValues(instance, values, { compat: this.#compat, log: this.#log });
    this.#applyTags(declared, all);
    this.#applyConditions(declared, all, path);
    const disabled = new Set(declared.filter((entry) => !entry.enabled).map((entry) => entry.name));
    const charts = instance.dependencies.filter((chart) => !disabled.has(chart.name));
    for (const chart of charts) this.#enable(chart, all, `${path}${chart.name}.`);
    const entries = declared.filter((entry) => !disabled.has(entry.name));
    state.dependencies = entries.length === 0 ? undefined : entries;
    instance.adopt(charts);
  }

  /** Charts nobody declared come first, then one per entry, renamed to its alias. */
  #selectCharts(instance: ChartInstance, declared: readonly DependencyState[]): ChartInstance[] {
    const loaded = instance.dependencies;
    const charts = loaded.filter((chart) => !declared.some((entry) => satisfies(chart, entry)));
    for (const entry of declared) {
      const chart = loaded.find((each) => satisfies(each, entry));
      if (chart !== undefined) charts.push(this.#copyFor(chart, entry));
      if (entry.alias !== '') entry.name = entry.alias;
    }
    return charts;
  }

  /** Helm 3 leaves the sub-charts of the copy to their old parent, so that their paths keep its name. */
  #copyFor(chart: ChartInstance, entry: DependencyState): ChartInstance {
    const state = {
      name: entry.alias === '' ? chart.name : entry.alias,
      dependencies: chart.state.dependencies?.map((each) => ({ ...each })),
    };
    const copy = new ChartInstance(chart.chart, state, chart.values);
    if (this.#compat === 'v3') copy.share(chart.dependencies);
    else copy.adopt(chart.dependencies.map(shallowCopy));
    return copy;
  }

  #applyTags(entries: readonly DependencyState[], values: Dict): void {
    const tags = values['tags'];
    if (!(tags instanceof Dict)) return;
    for (const entry of entries) {
      const flags: boolean[] = [];
      for (const tag of entry.tags ?? []) {
        const flag = tags[tag];
        if (typeof flag === 'boolean') flags.push(flag);
        else if (flag !== undefined) this.#warnTag(tag, entry.name);
      }
      entry.enabled = flags.length === 0 || flags.includes(true);
    }
  }

  #applyConditions(entries: readonly DependencyState[], values: Dict, path: string): void {
    for (const entry of entries) {
      for (const condition of trimSpace(entry.condition).split(',')) {
        const found = condition === '' ? undefined : valueAt(values, path + condition);
        if (found === undefined) continue;
        if (typeof found.value === 'boolean') {
          entry.enabled = found.value;
          break;
        }
        this.#warnCondition(condition, entry.name);
      }
    }
  }

  #importBelow(instance: ChartInstance): void {
    for (const chart of instance.dependencies) this.#importBelow(chart);
    this.#import(instance);
  }

  /** What is imported fills the chart's values, which by then hold the defaults of its sub-charts as well. */
  #import(instance: ChartInstance): void {
    const entries = instance.state.dependencies;
    if (entries === undefined) return;
    const all = mergeValues(instance, new Dict(), { compat: this.#compat, log: this.#log });
    const imported = new Dict();
    for (const entry of entries) {
      const items = (entry.importValues ?? [])
        .map((item) => importItem(item))
        .filter((each) => each !== undefined);
      for (const item of items) this.#importOne(imported, all, entry, item);
      entry.importValues =
        items.length === 0
          ? undefined
          : items.map(({ child, parent }) =>
              stringMap([
                ['child', child],
                ['parent', parent],
              ]),
            );
    }
    const own = Object.keys(imported).length === 0 ? all : copyValues(all);
    instance.values = mergeTables(own, imported, this.#mergeRules());
  }

  #importOne(imported: Dict, all: Dict, entry: DependencyState, item: ImportItem): void {
    const found = tableAt(all, `${entry.name}.${item.child}`);
    if ('missing' in found) {
      this.#warnImport(entry.name, `${quote(found.missing)} is not a table`, item.isExport);
      return;
    }
    const source = Object.keys(found.table).length === 0 ? new Dict() : found.table;
    mergeTables(imported, nest(item.parent, source), this.#mergeRules());
  }

  #mergeRules(): { readonly keepsNulls: true; readonly warn: (text: string) => void } {
    return { keepsNulls: true, warn: (text) => this.#log(logRecord(text)) };
  }

  #warnTag(tag: string, chart: string): void {
    this.#log(
      this.#compat === 'v4'
        ? slogRecord('WARN', 'returned non-bool value', [
            ['tag', tag],
            ['chart', chart],
          ])
        : logRecord(`Warning: Tag '${tag}' for chart ${chart} returned non-bool value`),
    );
  }

  #warnCondition(condition: string, chart: string): void {
    this.#log(
      this.#compat === 'v4'
        ? slogRecord('WARN', 'returned non-bool value', [
            ['path', condition],
            ['chart', chart],
          ])
        : logRecord(`Warning: Condition path '${condition}' for chart ${chart} returned non-bool value`),
    );
  }

  #warnImport(chart: string, reason: string, isExport: boolean): void {
    const message = isExport ? 'ImportValues missing table' : 'ImportValues missing table from chart';
    const attributes = isExport ? [] : ([['chart', chart]] as const);
    this.#log(
      this.#compat === 'v4'
        ? slogRecord('WARN', message, [...attributes, ['error', reason]])
        : logRecord(`Warning: ${message}${isExport ? '' : ` ${chart}`}: ${reason}`),
    );
  }
}

function satisfies(chart: ChartInstance, entry: DependencyState): boolean {
  return chart.name === entry.name && isCompatibleRange(entry.version, chart.metadata.version);
}

/** Another parent, everything else shared: metadata too. */
function shallowCopy(chart: ChartInstance): ChartInstance {
  const copy = new ChartInstance(chart.chart, chart.state, chart.values);
  copy.share(chart.dependencies);
  return copy;
}

interface ImportItem {
  readonly child: string;
  readonly parent: string;
  readonly isExport: boolean;
}

/** `{child, parent}`, or the name of a table below `exports`; anything else is dropped. */
function importItem(item: unknown): ImportItem | undefined {
  if (typeof item === 'string') return { child: `exports.${item}`, parent: '.', isExport: true };
  if (!(item instanceof Dict)) return undefined;
  const text = (key: string): string => formatValue(item[key] ?? null);
  return { child: text('child'), parent: text('parent'), isExport: false };
}

/** `table` below a dotted path; `.` is the root. */
function nest(path: string, table: Dict): Dict {
  if (path === '.') return table;
  return path.split('.').reduceRight((inner, name) => {
    const outer = new Dict();
    outer[name] = inner;
    return outer;
  }, table);
}
