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

/** Texts that templates ran as templates (`tpl`), parsed once; beyond a bound the oldest go first. */
export class TemplateCache {
  /** By name and then by text: a joined key would be hashed again on every call. */
  readonly #byName = new Map<string, Map<string, ParsedTemplates>>();
  #characters = 0;

  get(name: string, text: string, parse: () => ParsedTemplates): ParsedTemplates {
    const byText = this.#byName.get(name) ?? new Map<string, ParsedTemplates>();
    const known = byText.get(text);
    if (known !== undefined) return known;
    const parsed = parse();
    this.#byName.set(name, byText.set(text, parsed));
    this.#characters += text.length;
    if (this.#characters > maxCachedCharacters) this.#dropOldest(byText, text);
    return parsed;
  }

  #dropOldest(byText: Map<string, ParsedTemplates>, newest: string): void {
    for (const text of byText.keys()) {
      if (this.#characters <= maxCachedCharacters || text === newest) return;
      byText.delete(text);
      this.#characters -= text.length;
    }
  }
}
