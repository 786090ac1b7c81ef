import type { Source } from '@flotilla/diagnostics';
import { parseTrees } from '../parse/parser.ts';
import { CompiledTemplate } from './compiled-template.ts';
import type { TemplateLanguage } from './language.ts';

/** One source, parsed: its own body and the ones it defines. Can be added to any number of sets that speak its language. */
export interface ParsedTemplates {
  readonly language: TemplateLanguage;
  readonly main: CompiledTemplate;
  /** All bodies by name; `main` is among them unless a definition in the source took its name. */
  readonly templates: readonly CompiledTemplate[];
}

/** Parses a source; `name` is what locations print and the name of its body. Throws TemplateError. */
export function parseTemplates(name: string, source: Source, language: TemplateLanguage): ParsedTemplates {
  const trees = parseTrees(name, source, (each) => language.hasFunction(each));
  const templates = Array.from(trees.values(), (tree) => new CompiledTemplate(tree, language));
  const main = templates.find((template) => template.tree.name === name);
  if (main === undefined) throw new RangeError('a parse always gives the main body');
  return { language, main, templates };
}

const maxCachedCharacters = 4_000_000;

/** Texts that templates ran as templates (`tpl`), parsed once; the longest unused go first. */
export class TemplateCache {
  readonly #parsed = new Map<string, ParsedTemplates>();
  #characters = 0;

  get(name: string, text: string, parse: () => ParsedTemplates): ParsedTemplates {
    const key = `${name}\n${text}`;
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const parsed = parse();
    this.#parsed.set(key, parsed);
    this.#characters += key.length;
    for (const oldest of this.#parsed.keys()) {
      if (this.#characters <= maxCachedCharacters) break;
      this.#parsed.delete(oldest);
      this.#characters -= oldest.length;
    }
    return parsed;
  }
}
