/**
 * Rendering of Helmfile's templates: state files, values files, release fields, patches, hooks.
 * In: a text, its data (see template-data), the directory its functions work in. Out: text.
 * Deals with function tables, `_*.tpl` helpers, compiled templates and effects by replay. Not with what the text is for.
 */

import { type Source, span } from '@flotilla/diagnostics';
import { GoError, type GoValue } from '@flotilla/gocompat';
import {
  type FunctionTable,
  type MappedText,
  mergeFunctions,
  OutputMap,
  Suspension,
  sprigFunctions,
  TemplateError,
  type TemplateHost,
  TemplateLanguage,
  TemplateSet,
} from '@flotilla/gotemplate';
import type { EffectAnswer, EffectLedger, EffectRequest, EffectScope, PendingEffect } from './effects.ts';
import { environmentFunctions } from './environment-functions.ts';
import { EtaRenderer } from './eta-renderer.ts';
import { execFunctions } from './exec-functions.ts';
import { fileFunctions } from './file-functions.ts';
import { readHelpers } from './helper-templates.ts';
import { ownData } from './own-data.ts';
import type { BaseDirectory, RenderContext, TemplateWorld } from './render-context.ts';
import { secretFunctions } from './secret-functions.ts';
import { isMissingKey } from './template-diagnostic.ts';
import { templateFunctions } from './template-functions.ts';
import { withTolerantDefaults } from './tolerant-defaults.ts';
import { valuePathFunctions } from './value-path-functions.ts';
import { yamlFunctions } from './yaml-functions.ts';

export interface RenderRequest {
  readonly source: Source;
  readonly data: GoValue;
  /** Where relative paths and `_*.tpl` helpers are looked for. */
  readonly base: BaseDirectory;
  /** Renders of one scope share the answers of effects; the name of the file, usually. */
  readonly scope: string;
  /** First pass over a classic file: missing keys print nothing and effects do not happen. */
  readonly isLenient?: boolean;
  /** A missing key in front of `| default` takes the default, as authors of classic files expect. */
  readonly allowsDefaults?: boolean;
  /** Told by the name of the source when absent. */
  readonly engine?: 'gotemplate' | 'eta';
}

export interface RendererOptions {
  readonly world: TemplateWorld;
  readonly host: TemplateHost;
  readonly ledger: EffectLedger;
  readonly perform: (request: EffectRequest) => Promise<EffectAnswer>;
}

interface Given {
  readonly base: BaseDirectory;
  readonly isLenient: boolean;
  readonly isMapped: boolean;
  readonly effects: EffectScope;
}

const noMap = new OutputMap([]);

/** The name Helmfile gives every template. */
const templateName = 'stringTemplate';

/** Renders for one load; compiled templates live as long as it does. */
export class TemplateRenderer {
  readonly #options: RendererOptions;
  readonly #compiled = new Map<string, TemplateSet>();
  readonly #helperSets = new Map<string, TemplateSet | undefined>();
  #language: TemplateLanguage | undefined;
  #eta: EtaRenderer | undefined;

  constructor(options: RendererOptions) {
    this.#options = options;
  }

  /**
   * Renders, performing effects as they come up. Text without an action comes back as it is.
   * Throws TemplateError with a span in `request.source`, or GoError for a broken helper.
   */
  async render(request: RenderRequest): Promise<string> {
    if (engineOf(request) === 'eta') return (await this.renderMapped(request)).text;
    if (!request.source.text.includes('{{')) return request.source.text;
    return await this.withEffects(() => this.renderNow(request));
  }

  /** Runs something made of `renderNow` again and again, performing the effect it stopped at in between. */
  async withEffects<T>(run: () => T): Promise<T> {
    for (;;) {
      try {
        return run();
      } catch (error) {
        if (!(error instanceof Suspension)) throw error;
        const pending = (error as Suspension<PendingEffect>).request;
        pending.record(await this.#options.perform(pending.request));
      }
    }
  }

  /** Renders with the answers there are; throws a Suspension when one is missing. */
  renderNow(request: RenderRequest): string {
    const { text } = request.source;
    return text.includes('{{') ? this.#attempt(request, false).text : text;
  }

  /** As `render`, and which part of the source printed what, which Eta does not tell. */
  async renderMapped(request: RenderRequest): Promise<MappedText> {
    if (engineOf(request) === 'eta') {
      const eta = await this.#etaRenderer();
      const text = await this.withEffects(() => {
        const effects = this.#options.ledger.scope(request.scope);
        const given = { base: request.base, isLenient: false, isMapped: false, effects };
        return eta.render(request.source, request.data, this.#contextOf(given));
      });
      return { text, map: noMap };
    }
    return await this.withEffects(() => this.#attempt(request, true));
  }

  #attempt(request: RenderRequest, isMapped: boolean): MappedText {
    try {
      return this.#begin(request, isMapped);
    } catch (error) {
      const isMissing =
        request.allowsDefaults === true && error instanceof TemplateError && isMissingKey(error);
      const tolerant = isMissing ? withTolerantDefaults(request.source) : undefined;
      if (tolerant === undefined) throw error;
      return this.#begin({ ...request, source: tolerant }, isMapped);
    }
  }

  #begin({ source, data, base, scope, isLenient = false }: RenderRequest, isMapped: boolean): MappedText {
    return this.#renderIn(source, ownData(source.text, data), {
      base,
      isLenient,
      isMapped,
      effects: this.#options.ledger.scope(scope),
    });
  }

  #renderIn(source: Source, data: unknown, given: Given): MappedText {
    const context = this.#contextOf(given);
    const lenient = { isLenient: true, noValue: '' } as const;
    try {
      const options = given.isLenient ? { context, ...lenient } : { context };
      const template = this.#compile(source, given.base);
      if (given.isMapped) return template.executeWithMap(templateName, data, options);
      return { text: template.execute(templateName, data, options), map: noMap };
    } catch (error) {
      throw error instanceof TemplateError ? placedIn(source, error) : error;
    }
  }

  #contextOf(given: Given): RenderContext {
    return {
      ...given,
      world: this.#options.world,
      renderText: (text, data) =>
        this.#renderIn({ name: templateName, text }, data, { ...given, isMapped: false }).text,
    };
  }

  async #etaRenderer(): Promise<EtaRenderer> {
    this.#eta ??= await EtaRenderer.create(ownFunctions(), sprigFunctions(this.#options.host));
    return this.#eta;
  }

  #compile(source: Source, base: BaseDirectory): TemplateSet {
    const helpers = this.#helperSet(base);
    const key = `${helpers === undefined ? '' : base.absolute}\n${source.text}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const set = helpers === undefined ? this.#newSet() : helpers.overlay();
    set.parse(templateName, source);
    this.#compiled.set(key, set);
    return set;
  }

  #newSet(): TemplateSet {
    this.#language ??= new TemplateLanguage({ functions: helmfileFunctions(this.#options.host) });
    return new TemplateSet({ language: this.#language, missingKey: 'error', rootName: templateName });
  }

  /** The partials of a directory, compiled once; undefined when it has none. */
  #helperSet(base: BaseDirectory): TemplateSet | undefined {
    if (this.#helperSets.has(base.absolute)) return this.#helperSets.get(base.absolute);
    const helpers = readHelpers(base, this.#options.world.files);
    const set = helpers.length === 0 ? undefined : this.#newSet();
    for (const helper of helpers) if (set !== undefined) parseHelper(set, helper);
    this.#helperSets.set(base.absolute, set);
    return set;
  }
}

/** sprig under Helmfile's functions; sprig's own `get` stays reachable as `sprigGet`. */
function helmfileFunctions(host: TemplateHost): FunctionTable {
  const sprig = sprigFunctions(host);
  const get = sprig.get('get');
  const renamed: FunctionTable = get === undefined ? new Map() : new Map([['sprigGet', get]]);
  return mergeFunctions(sprig, renamed, ownFunctions());
}

function ownFunctions(): FunctionTable {
  return mergeFunctions(
    environmentFunctions,
    execFunctions,
    fileFunctions,
    secretFunctions,
    templateFunctions,
    valuePathFunctions,
    yamlFunctions,
  );
}

/** The language of a text: what the request says, else what its name ends in. */
function engineOf({ engine, source }: RenderRequest): 'gotemplate' | 'eta' {
  return engine ?? (source.name.endsWith('.eta') ? 'eta' : 'gotemplate');
}

function parseHelper(set: TemplateSet, helper: Source): void {
  try {
    set.parse(templateName, helper);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new GoError(`failed to parse helper template ${helper.name}: ${error.message}`);
  }
}

/** The same error with its span in `source`: the compiled template may have come from an equal text elsewhere. */
function placedIn(source: Source, error: TemplateError): TemplateError {
  const place = error.span;
  if (place === undefined || place.source === source || place.source.text !== source.text) return error;
  return new TemplateError({
    code: error.code,
    message: error.message,
    reason: error.reason,
    span: span(source, place.start, place.end),
    templateName: error.templateName,
    cause: error.cause,
  });
}
