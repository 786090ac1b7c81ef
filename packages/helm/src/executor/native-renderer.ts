import { resolve } from 'node:path';
import type { CallContext, ReleaseRequest, RenderedRelease } from '@flotilla/core';
import { type Dict, GoError, wrapGoError } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import type { Chart } from '../chart/chart.ts';
import { ChartCache } from '../chart/chart-cache.ts';
import { checkDependenciesPresent, checkInstallable, checkReleaseName } from '../chart/check-chart.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { loadChart } from '../chart/load-chart.ts';
import { nodeChartSource } from '../chart/node-files.ts';
import { isCompatibleRange } from '../chart/version-range.ts';
import { type Capabilities, defaultCapabilities } from '../engine/capabilities.ts';
import { parseKubeVersion } from '../engine/kube-version.ts';
import {
  type RenderedChart,
  type RenderedTemplates,
  renderTemplates,
  sortRendered,
} from '../engine/render-chart.ts';
import { formatTemplateOutput, formatTemplateText, planOutputFiles } from '../manifest/template-output.ts';
import { type PostRender, postRendered } from '../post-render/post-render.ts';
import type { HostFiles } from '../registry/host-files.ts';
import { userValues } from '../values/user-values.ts';
import { RunMemory } from './run-memory.ts';
import { writeOutputFiles } from './write-output-files.ts';

/**
 * Rendering in process: a release request to what `helm template` prints, without a helm binary.
 * In: requests whose chart is on disk. Out: text, or a GoError in Helm's words.
 * Charts are loaded and their templates parsed once per content, whatever the number of releases.
 * Not its business: fetching charts, clusters.
 */

export interface NativeRendererOptions {
  readonly host: TemplateHost;
  /** Bytes as text, for `--set-file`; throws GoError. */
  readonly readText: (path: string) => string;
  readonly compat?: HelmCompat;
  /** The post-renderer a request names; without it requests with one are somebody else's. */
  readonly postRenderer?: (named: NamedPostRenderer, call: CallContext) => PostRender;
}

/** `postRenderer` and `postRendererArgs` of a release. */
export interface NamedPostRenderer {
  readonly name: string;
  readonly args: readonly string[];
}

export class NativeRenderer {
  readonly #options: NativeRendererOptions;
  readonly #compat: HelmCompat;
  readonly #charts = new ChartCache();
  /** A chart on disk does not change during a run, unless by {@link NativeRenderer.forget}. */
  readonly #byPath = new RunMemory(() => new Map<string, Chart>());

  constructor(options: NativeRendererOptions) {
    this.#options = options;
    this.#compat = options.compat ?? 'v4';
  }

  get host(): TemplateHost {
    return this.#options.host;
  }

  /**
   * What `helm template` prints (Helm 4.3.1); with an output directory it writes `files` and prints which.
   * Rejects with GoError.
   */
  async template(request: ReleaseRequest, call: CallContext, files?: HostFiles): Promise<RenderedRelease> {
    const { includeCrds, noHooks, skipTests, showOnly, outputDirectory } = request.options;
    const rendered = await this.render(request, call);
    const options = {
      includeCrds: includeCrds === true,
      noHooks: noHooks === true,
      skipTests: skipTests === true,
      showOnly: showOnly ?? [],
      compat: this.#compat,
    };
    if (outputDirectory === undefined || files === undefined) {
      return { text: formatTemplateOutput(rendered, options) };
    }
    const writes = planOutputFiles(rendered, { ...options, outputDirectory });
    return { text: writeOutputFiles(writes, files) + formatTemplateText('', [], options) };
  }

  /** The documents of a request's chart with its values. Rejects with GoError. */
  async render(request: ReleaseRequest, call: CallContext): Promise<RenderedChart> {
    const { key, options } = request;
    checkReleaseName(key.name);
    const chart = this.chartOf(request, call);
    checkInstallable(chart);
    checkDependenciesPresent(chart);
    const isUpgrade = options.isUpgrade === true;
    const compat = this.#compat;
    const rendered = await renderTemplates(chart, {
      values: this.valuesOf(request, call),
      release: {
        name: key.name,
        namespace: key.namespace === '' ? 'default' : key.namespace,
        revision: 1,
        isUpgrade,
        isInstall: !isUpgrade,
      },
      host: this.#options.host,
      capabilities: this.#capabilitiesOf(request),
      compat,
      enableDns: options.enableDns === true,
      skipSchemaValidation: options.skipSchemaValidation === true,
    });
    const change = this.postRenderOf(request, call);
    return sortRendered(change === undefined ? rendered : await change(rendered), { compat });
  }

  /** The step between rendering and sorting, when the request asks for one. */
  postRenderOf(
    { options: { postRenderer = '', postRendererArgs = [] } }: ReleaseRequest,
    call: CallContext,
  ): ((rendered: RenderedTemplates) => Promise<RenderedTemplates>) | undefined {
    const run =
      postRenderer === ''
        ? undefined
        : this.#options.postRenderer?.({ name: postRenderer, args: postRendererArgs }, call);
    if (run === undefined) return undefined;
    return (rendered) => postRendered(rendered, run, this.#compat);
  }

  /** True when a declared dependency is not in `charts/` already; a chart that does not load is left to whoever builds. */
  lacksDependencies(path: string, call: CallContext): boolean {
    try {
      return !hasDependencies(this.#load(pathIn(call, path), call));
    } catch (error) {
      if (error instanceof GoError) return true;
      throw error;
    }
  }

  /** A chart on disk has changed: it is read again. */
  forget(path: string, call: CallContext): void {
    this.#byPath.of(call).delete(pathIn(call, path));
  }

  /** The request's chart, loaded. Throws GoError. */
  chartOf({ chart }: ReleaseRequest, call: CallContext): Chart {
    return this.#load(chart.path ?? pathIn(call, chart.reference), call);
  }

  #load(path: string, call: CallContext): Chart {
    const loaded = this.#byPath.of(call);
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const chart = loadChart(nodeChartSource(path), { compat: this.#compat, cache: this.#charts });
    loaded.set(path, chart);
    return chart;
  }

  /** The values a request gives, in Helm's order. Throws GoError. */
  valuesOf({ values, set }: ReleaseRequest, call: CallContext): Dict {
    const expressions = (kind: (typeof set)[number]['kind']): readonly string[] =>
      set.filter((each) => each.kind === kind).map((each) => each.expression);
    return userValues(
      {
        files: values.map(({ origin, content }) => ({ name: origin, text: content })),
        set: expressions('set'),
        setString: expressions('set-string'),
        setFile: expressions('set-file'),
        readText: (path) => this.#options.readText(pathIn(call, path)),
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

function pathIn({ directory = '' }: CallContext, path: string): string {
  return resolve(directory, path);
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
