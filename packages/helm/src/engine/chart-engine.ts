/**
 * ChartEngine: runs the templates of charts. Comes in: scoped templates and the context of one render. Goes out: text by
 * path, or a RenderError in Helm's words. Templates are parsed once per file and path and shared by all renders.
 * Not its business: values, sorting of documents.
 */
import { source } from '@flotilla/diagnostics';
import { baseNameOf, decodeBytes } from '@flotilla/gocompat';
import {
  type ParsedTemplates,
  parseTemplates,
  TemplateError,
  type TemplateHost,
  TemplateLanguage,
  TemplateSet,
} from '@flotilla/gotemplate';
import type { ChartFile } from '../chart/chart.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { commonPackage, versionSetMethods } from './capabilities.ts';
import { filesMethods, filesType } from './chart-files-object.ts';
import { helmFunctions } from './helm-functions.ts';
import type { RenderContext } from './render-context.ts';
import { executionFailure, parseFailure } from './render-error.ts';
import type { ScopedTemplate } from './scope.ts';
import { withoutNoValue } from './template-functions.ts';
import { setTemplateObject } from './template-object.ts';
import { templateOrder } from './template-order.ts';
import { valuesMethods } from './values-methods.ts';

export class ChartEngine {
  readonly #compat: HelmCompat;
  readonly #language: TemplateLanguage;
  readonly #parsed = new WeakMap<ChartFile, Map<string, ParsedTemplates>>();

  constructor(host: TemplateHost, compat: HelmCompat) {
    const packageName = commonPackage(compat);
    this.#compat = compat;
    this.#language = new TemplateLanguage({
      functions: helmFunctions(host, compat),
      methods: new Map([
        [filesType, filesMethods],
        [`${packageName}.VersionSet`, versionSetMethods],
        [`${packageName}.Values`, valuesMethods],
      ]),
    });
  }

  /** Parses all, then runs what is no partial (Helm 4.3.1 `Engine.render`); the first error ends it. */
  render(
    templates: ReadonlyMap<string, ScopedTemplate>,
    context: RenderContext,
    options: { readonly isStrict?: boolean } = {},
  ): Map<string, string> {
    const order = templateOrder(templates.keys());
    const set = new TemplateSet({
      language: this.#language,
      rootName: 'gotpl',
      missingKey: options.isStrict === true ? 'error' : 'zero',
    });
    const ordered = order.map((path) => templates.get(path)).filter((each) => each !== undefined);
    for (const template of ordered) set.add(this.#parse(template));
    const rendered = new Map<string, string>();
    for (const template of ordered) {
      if (baseNameOf(template.path).startsWith('_')) continue;
      rendered.set(template.path, this.#execute(set, template, context));
    }
    return rendered;
  }

  #parse({ file, path }: ScopedTemplate): ParsedTemplates {
    let byPath = this.#parsed.get(file);
    if (byPath === undefined) {
      byPath = new Map();
      this.#parsed.set(file, byPath);
    }
    let parsed = byPath.get(path);
    if (parsed === undefined) {
      parsed = this.#parseSource(path, decodeBytes(file.data));
      byPath.set(path, parsed);
    }
    return parsed;
  }

  #parseSource(path: string, text: string): ParsedTemplates {
    try {
      return parseTemplates(path, source(path, text), this.#language);
    } catch (error) {
      throw error instanceof TemplateError ? parseFailure(path, error) : error;
    }
  }

  #execute(set: TemplateSet, template: ScopedTemplate, context: RenderContext): string {
    setTemplateObject(template, this.#compat);
    try {
      return withoutNoValue(set.execute(template.path, template.scope, { context }));
    } catch (error) {
      throw error instanceof TemplateError ? executionFailure(template.path, error, this.#compat) : error;
    }
  }
}
