/**
 * One `execute`: the run's state and what functions see of it.
 * In: a name space, a template and data. Out: the text, and the OutputMap when asked for.
 * Throws TemplateError; lets a Suspension pass.
 */

import { invariant, source } from '@flotilla/diagnostics';
import { GoError, quote } from '@flotilla/gocompat';
import { TemplateError } from '../errors.ts';
import { MapRecorder } from '../output/map-recorder.ts';
import type { OutputMap } from '../output/output-map.ts';
import type { TemplateCall } from '../template-call.ts';
import type { CompiledTemplate } from './compiled-template.ts';
import { Frame, type MissingKey, type Run } from './frame.ts';
import { invoke } from './invoke.ts';
import type { TemplateLanguage } from './language.ts';
import { Namespace } from './namespace.ts';
import { parseTemplates, type TemplateCache } from './parsed-templates.ts';
import { tooDeep } from './site.ts';

export interface RunOptions {
  readonly language: TemplateLanguage;
  readonly cache: TemplateCache;
  readonly namespace: Namespace;
  /** Printed in `no template "x" associated with template "gotpl"`. */
  readonly rootName: string;
  readonly missingKey: MissingKey;
  readonly isLenient: boolean;
  readonly noValue: string;
  readonly context: unknown;
  readonly maxDepth: number;
  readonly maxOutput: number;
  readonly isMapped: boolean;
}

export interface RunResult {
  readonly text: string;
  readonly map: OutputMap | undefined;
}

/** Runs a template. */
export function runTemplate(template: CompiledTemplate, data: unknown, options: RunOptions): RunResult {
  const run = startRun(options);
  try {
    invoke(run, template, data ?? undefined);
  } catch (error) {
    throw atTheTop(error, run, template);
  }
  checkLength(run, options, template);
  return { text: run.out, map: run.recorder?.finish() };
}

function startRun(options: RunOptions): Run {
  const { namespace, missingKey, isLenient, noValue, maxDepth, maxOutput } = options;
  const call = new RunningCall(options);
  call.run = {
    out: '',
    namespace,
    depth: 0,
    overflow: undefined,
    recorder: options.isMapped ? new MapRecorder() : undefined,
    missingKey,
    isLenient,
    noValue,
    maxDepth,
    maxOutput,
    call,
  };
  return call.run;
}

/** What functions see of the run. Its methods are short of calls: `include` nests, and each costs stack. */
class RunningCall implements TemplateCall {
  readonly context: unknown;
  readonly counters = new Map<string, number>();
  readonly #options: RunOptions;
  run: Run | undefined;

  constructor(options: RunOptions) {
    this.context = options.context;
    this.#options = options;
  }

  readonly executeTemplate = (name: string, data: unknown): string => {
    const template = this.run?.namespace.lookup(name);
    if (template === undefined) {
      const root = quote(this.#options.rootName);
      throw new GoError(`template: no template ${quote(name)} associated with template ${root}`);
    }
    return this.#intoString(template, data);
  };

  readonly executeText = (name: string, text: string, data: unknown): string => {
    const { run } = this;
    if (run === undefined || !text.includes('{{')) return text;
    const { cache, language } = this.#options;
    const parsed = cache.get(name, text, () => parseTemplates(name, source(name, text), language));
    const { namespace } = run;
    if (parsed.templates.length > 1) {
      run.namespace = new Namespace(namespace);
      run.namespace.install(parsed.templates);
    }
    try {
      return this.#intoString(parsed.main, data);
    } catch (error) {
      // A place in a text that is in no file helps nobody: that of the call is named.
      if (error instanceof RangeError) run.overflow = undefined;
      throw error;
    } finally {
      run.namespace = namespace;
    }
  };

  /** Runs a template into a text of its own; what the caller printed so far is kept. */
  #intoString(template: CompiledTemplate, data: unknown): string {
    const { run } = this;
    invariant(run !== undefined, 'a call without a run');
    const { out, recorder, depth } = run;
    run.out = '';
    run.recorder = undefined;
    try {
      run.depth++;
      const { body } = template;
      body.execute(new Frame(run, data ?? undefined, body.newSlots()));
      checkLength(run, this.#options, template);
      return run.out;
    } finally {
      run.out = out;
      run.recorder = recorder;
      run.depth = depth;
    }
  }
}

/** What exhausts the JS engine is a limit of templates, not a bug. */
function atTheTop(error: unknown, { overflow }: Run, template: CompiledTemplate): unknown {
  if (!(error instanceof RangeError)) return error;
  if (error.message.includes('string length')) return limitError(template, 'output is too large', error);
  if (!error.message.includes('call stack')) return error;
  if (overflow === undefined) return limitError(template, tooDeep, error);
  return overflow(error);
}

function limitError(template: CompiledTemplate, reason: string, cause?: unknown): TemplateError {
  const { name } = template.tree;
  const message = `template: ${name}: ${reason}`;
  return new TemplateError({ code: 'template/limit', message, reason, templateName: name, cause });
}

function checkLength(run: Run, { maxOutput }: RunOptions, template: CompiledTemplate): void {
  if (run.out.length > maxOutput) throw limitError(template, `output exceeds ${maxOutput} characters`);
}
