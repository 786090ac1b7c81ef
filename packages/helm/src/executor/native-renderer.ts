import { resolve } from 'node:path';
import type { ReleaseRequest, RenderedRelease } from '@flotilla/core';
import { type Dict, GoError, wrapGoError } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import type { Chart } from '../chart/chart.ts';
import { checkDependenciesPresent, checkInstallable, checkReleaseName } from '../chart/check-chart.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { type ChartCache, loadChart } from '../chart/load-chart.ts';
import { nodeChartSource } from '../chart/node-files.ts';
import { isCompatibleRange } from '../chart/version-range.ts';
import { type Capabilities, defaultCapabilities } from '../engine/capabilities.ts';
import { parseKubeVersion } from '../engine/kube-version.ts';
import { type RenderedChart, renderChart } from '../engine/render-chart.ts';
import { formatTemplateOutput } from '../manifest/template-output.ts';
import { userValues } from '../values/user-values.ts';

/**
 * Rendering in process: a release request to what `helm template` prints, without a helm binary.
 * In: requests whose chart is on disk. Out: text, or a GoError in Helm's words.
 * Charts are loaded and their templates parsed once per content, whatever the number of releases.
 * Not its business: fetching charts, clusters, post-renderers.
 */

export interface NativeRendererOptions {
  readonly host: TemplateHost;
  /** Bytes as text, for `--set-file`; throws GoError. */
  readonly readText: (path: string) => string;
  readonly compat?: HelmCompat;
}

export class NativeRenderer {
  readonly #options: NativeRendererOptions;
  readonly #compat: HelmCompat;
  readonly #charts: ChartCache = new Map();
  /** A chart on disk does not change during a run. */
  readonly #byPath = new Map<string, Chart>();

  constructor(options: NativeRendererOptions) {
    this.#options = options;
    this.#compat = options.compat ?? 'v4';
  }

  get host(): TemplateHost {
    return this.#options.host;
  }

  /** What `helm template` prints (Helm 4.3.1) in `directory`. Throws GoError. */
  async template(request: ReleaseRequest, directory?: string): Promise<RenderedRelease> {
    const { includeCrds, noHooks, skipTests, showOnly } = request.options;
    const rendered = await this.render(request, directory);
    const text = formatTemplateOutput(rendered, {
      includeCrds: includeCrds === true,
      noHooks: noHooks === true,
      skipTests: skipTests === true,
      showOnly: showOnly ?? [],
      compat: this.#compat,
    });
    return { text };
  }

  /** The documents of a request's chart with its values; relative paths start at `directory`. Throws GoError. */
  async render(request: ReleaseRequest, directory = ''): Promise<RenderedChart> {
    const { key, options } = request;
    checkReleaseName(key.name);
    const chart = this.chartOf(request, directory);
    checkInstallable(chart);
    checkDependenciesPresent(chart);
    const isUpgrade = options.isUpgrade === true;
    return renderChart(chart, {
      values: this.valuesOf(request, directory),
      release: {
        name: key.name,
        namespace: key.namespace === '' ? 'default' : key.namespace,
        revision: 1,
        isUpgrade,
        isInstall: !isUpgrade,
      },
      host: this.#options.host,
      capabilities: this.#capabilitiesOf(request),
      compat: this.#compat,
      enableDns: options.enableDns === true,
      skipSchemaValidation: options.skipSchemaValidation === true,
    });
  }

  /** True when a declared dependency is not in `charts/` already; a chart that does not load is left to whoever builds. */
  lacksDependencies(path: string, directory = ''): boolean {
    try {
      return !hasDependencies(this.#load(resolve(directory, path)));
    } catch (error) {
      if (error instanceof GoError) return true;
      throw error;
    }
  }

  /** A chart on disk has changed: it is read again. */
  forget(path: string, directory = ''): void {
    this.#byPath.delete(resolve(directory, path));
  }

  /** The request's chart, loaded. Throws GoError. */
  chartOf({ chart }: ReleaseRequest, directory = ''): Chart {
    return this.#load(chart.path ?? resolve(directory, chart.reference));
  }

  #load(path: string): Chart {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const chart = loadChart(nodeChartSource(path), { compat: this.#compat, cache: this.#charts });
    this.#byPath.set(path, chart);
    return chart;
  }

  /** The values a request gives, in Helm's order. Throws GoError. */
  valuesOf({ values, set }: ReleaseRequest, directory = ''): Dict {
    const expressions = (kind: (typeof set)[number]['kind']): readonly string[] =>
      set.filter((each) => each.kind === kind).map((each) => each.expression);
    return userValues(
      {
        files: values.map(({ origin, content }) => ({ name: origin, text: content })),
        set: expressions('set'),
        setString: expressions('set-string'),
        setFile: expressions('set-file'),
        readText: (path) => this.#options.readText(resolve(directory, path)),
      },
      this.#compat,
    );
  }

  #capabilitiesOf({ options }: ReleaseRequest): Capabilities {
    const defaults = defaultCapabilities(this.#compat);
    const { kubeVersion, apiVersions = [] } = options;
    return {
      ...defaults,
      apiVersions: [...defaults.apiVersions, ...apiVersions],
      ...(kubeVersion === undefined ? {} : { kubeVersion: kubeVersionOf(kubeVersion, this.#compat) }),
    };
  }
}

/** The locked version, or one within the range, of every declared dependency is there. */
function hasDependencies({ metadata, lock, dependencies }: Chart): boolean {
  const locked = new Map((lock?.dependencies ?? []).map((each) => [each.name, each.version]));
  return (metadata.dependencies ?? []).every((wanted) => {
    const range = locked.get(wanted.name) ?? wanted.version;
    return dependencies.some(
      ({ metadata: { name, version } }) =>
        name === wanted.name && (range === '' || isCompatibleRange(range, version)),
    );
  });
}

function kubeVersionOf(text: string, compat: HelmCompat): Capabilities['kubeVersion'] {
  try {
    return parseKubeVersion(text, compat);
  } catch (error) {
    throw wrapGoError(`invalid kube version '${text}': `, error);
  }
}
