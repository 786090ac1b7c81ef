/**
 * What templates see as `.`: one scope per chart, shared by all its files. Comes in: an instance and coalesced values.
 * Goes out: scopes and the templates that run in them. Values are handed on by reference: `set` in one template shows
 * in the next.
 */
import { baseNameOf, cleanPath, Dict, type GoStruct, int, namedDict, namedView } from '@flotilla/gocompat';
import type { ChartFile } from '../chart/chart.ts';
import type { ChartInstance } from '../chart/chart-instance.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { tableAt } from '../values/path-value.ts';
import { commonPackage } from './capabilities.ts';
import { filesObject } from './chart-files-object.ts';
import { chartObject } from './chart-object.ts';

/** `.Release`. */
export interface ReleaseInfo {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly isUpgrade: boolean;
  readonly isInstall: boolean;
}

/** A template file in its place: under its full path, with the scope of its chart. */
export interface ScopedTemplate {
  readonly path: string;
  readonly file: ChartFile;
  readonly scope: Dict;
  readonly basePath: string;
}

export interface ScopeOptions {
  readonly values: Dict;
  readonly release: ReleaseInfo;
  readonly capabilities: GoStruct;
  readonly compat: HelmCompat;
}

/** Every template of the chart and its sub-charts, by full path (Helm 4.3.1 `allTemplates`). */
export function scopedTemplates(
  instance: ChartInstance,
  options: ScopeOptions,
): ReadonlyMap<string, ScopedTemplate> {
  return new ScopeBuilder(options).build(instance);
}

class ScopeBuilder {
  readonly #options: ScopeOptions;
  readonly #release: Dict;
  readonly #type: string;
  readonly #templates = new Map<string, ScopedTemplate>();

  constructor(options: ScopeOptions) {
    this.#options = options;
    this.#release = releaseObject(options.release);
    this.#type = `${commonPackage(options.compat)}.Values`;
  }

  build(instance: ChartInstance): ReadonlyMap<string, ScopedTemplate> {
    const { values } = this.#options;
    this.#visit(instance, namedView(this.#type, values));
    return this.#templates;
  }

  /** Sub-charts go first, so that a template of the parent wins where paths meet. */
  #visit(instance: ChartInstance, values: Dict): Dict {
    const subcharts = new Dict();
    const scope = namedDict(this.#type, [
      ['Chart', chartObject(instance, this.#options.compat)],
      ['Files', filesObject(instance.chart.files)],
      ['Release', this.#release],
      ['Capabilities', this.#options.capabilities],
      ['Values', values],
      ['Subcharts', subcharts],
    ]);
    for (const child of instance.dependencies) {
      const found = tableAt(values, child.name);
      const section = 'table' in found ? namedView(this.#type, found.table) : namedDict(this.#type);
      subcharts[child.name] = this.#visit(child, section);
    }
    this.#addTemplates(instance, scope);
    return scope;
  }

  /** A library chart contributes partials alone. */
  #addTemplates(instance: ChartInstance, scope: Dict): void {
    const isLibrary = instance.metadata.type.toLowerCase() === 'library';
    const { fullPath } = instance;
    const basePath = `${fullPath}/templates`;
    for (const file of instance.chart.templates) {
      if (isLibrary && !baseNameOf(file.name).startsWith('_')) continue;
      const path = joinPath(fullPath, file.name);
      this.#templates.set(path, { path, file, scope, basePath });
    }
  }
}

/** Names of loaded files are clean already, nearly always. */
function joinPath(directory: string, name: string): string {
  const path = `${directory}/${name}`;
  return path.includes('//') || path.includes('/.') ? cleanPath(path) : path;
}

function releaseObject(release: ReleaseInfo): Dict {
  const result = new Dict();
  result['Name'] = release.name;
  result['Namespace'] = release.namespace;
  result['IsUpgrade'] = release.isUpgrade;
  result['IsInstall'] = release.isInstall;
  result['Revision'] = int(release.revision);
  result['Service'] = 'Helm';
  return result;
}
