/**
 * TemplateSet: named templates that can run each other.
 * In: sources, or sources parsed before. Out: rendered text, with an OutputMap on request.
 * Throws TemplateError, whose message is text/template's; lets a Suspension thrown by a function pass.
 * Not its business: where sources come from, which functions there are.
 */
import { source as makeSource, type Source } from '@flotilla/diagnostics';
import { GoError, quote } from '@flotilla/gocompat';
import { type RunOptions, type RunResult, runTemplate } from './eval/execution.ts';
import type { MissingKey } from './eval/frame.ts';
import { type MethodTable, TemplateLanguage } from './eval/language.ts';
import { Namespace } from './eval/namespace.ts';
import { type ParsedTemplates, parseTemplates, TemplateCache } from './eval/parsed-templates.ts';
import type { FunctionTable } from './function-table.ts';
import { OutputMap } from './output/output-map.ts';

interface CommonSetOptions {
  /** What an absent map key gives; `default` unless set. */
  readonly missingKey?: MissingKey;
  /** The name of the set in `no template "x" associated with template "gotpl"`; empty unless set. */
  readonly rootName?: string;
}

/** Sets that share a `language` can share parsed templates. */
export type TemplateSetOptions = CommonSetOptions &
  (
    | { readonly language: TemplateLanguage }
    | { readonly functions: FunctionTable; readonly methods?: MethodTable }
  );

export interface ExecuteOptions {
  /** Host state that functions find in `TemplateCall.context`. */
  readonly context?: unknown;
  readonly missingKey?: MissingKey;
  /** Absent keys, and fields of nil, are no value and never an error. */
  readonly isLenient?: boolean;
  /** What prints for nil and no value instead of `<no value>`. */
  readonly noValue?: string;
  /** Nesting of templates; 100000 as in Go unless set. The JS stack usually ends first, with the same error. */
  readonly maxDepth?: number;
  /** Characters of output; 2^28 unless set. */
  readonly maxOutput?: number;
}

export interface MappedText {
  readonly text: string;
  readonly map: OutputMap;
}

const caches = new WeakMap<TemplateLanguage, TemplateCache>();

export class TemplateSet {
  readonly language: TemplateLanguage;
  readonly #missingKey: MissingKey;
  readonly #rootName: string;
  readonly #namespace: Namespace;

  constructor(options: TemplateSetOptions, parent?: TemplateSet) {
    this.language = 'language' in options ? options.language : new TemplateLanguage(options);
    this.#missingKey = options.missingKey ?? 'default';
    this.#rootName = options.rootName ?? '';
    this.#namespace = new Namespace(parent === undefined ? undefined : parent.#namespace);
  }

  /** A set that sees these templates and may hide them by its own; this one does not change. */
  overlay(): TemplateSet {
    return new TemplateSet(
      { language: this.language, missingKey: this.#missingKey, rootName: this.#rootName },
      this,
    );
  }

  /** Parses a source and adds its templates. Throws TemplateError with code `template/parse`; then nothing is added. */
  parse(name: string, source: Source | string): void {
    this.add(
      parseTemplates(name, typeof source === 'string' ? makeSource(name, source) : source, this.language),
    );
  }

  /** Adds templates parsed before in the same language. A later body replaces an earlier one, unless it is blank. */
  add({ templates }: ParsedTemplates): void {
    this.#namespace.install(templates);
  }

  has(name: string): boolean {
    return this.#namespace.lookup(name) !== undefined;
  }

  /** Names of all templates. */
  names(): ReadonlySet<string> {
    return this.#namespace.names();
  }

  /** The text a template gives. Throws TemplateError; GoError when there is no such template. */
  execute(name: string, data: unknown, options: ExecuteOptions = {}): string {
    return this.#run(name, data, { options, isMapped: false }).text;
  }

  /** As `execute`, and which part of which source printed what. */
  executeWithMap(name: string, data: unknown, options: ExecuteOptions = {}): MappedText {
    const { text, map } = this.#run(name, data, { options, isMapped: true });
    return { text, map: map ?? new OutputMap([]) };
  }

  #run(
    name: string,
    data: unknown,
    { options, isMapped }: { readonly options: ExecuteOptions; readonly isMapped: boolean },
  ): RunResult {
    const template = this.#namespace.lookup(name);
    if (template === undefined) {
      throw new GoError(
        `template: no template ${quote(name)} associated with template ${quote(this.#rootName)}`,
      );
    }
    return runTemplate(template, data, this.#runOptions(options, isMapped));
  }

  #runOptions(options: ExecuteOptions, isMapped: boolean): RunOptions {
    return {
      language: this.language,
      cache: cacheOf(this.language),
      namespace: this.#namespace,
      rootName: this.#rootName,
      missingKey: options.missingKey ?? this.#missingKey,
      isLenient: options.isLenient ?? false,
      noValue: options.noValue ?? '<no value>',
      context: options.context,
      maxDepth: options.maxDepth ?? 100_000,
      maxOutput: options.maxOutput ?? 2 ** 28,
      isMapped,
    };
  }
}

function cacheOf(language: TemplateLanguage): TemplateCache {
  let cache = caches.get(language);
  if (cache === undefined) {
    cache = new TemplateCache();
    caches.set(language, cache);
  }
  return cache;
}
