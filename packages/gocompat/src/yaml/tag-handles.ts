import type { Parser } from './parser.ts';
import type { Token } from './token.ts';

/** The `%YAML` and `%TAG` directives of a document. */
export class TagHandles {
  private readonly parser: Pick<Parser, 'advance' | 'error'>;
  private readonly prefixes = new Map<string, string>();

  constructor(parser: Pick<Parser, 'advance' | 'error'>) {
    this.parser = parser;
  }

  /** Reads the directives before a document; gives the token after them. */
  readDirectives(first: Token): Token {
    let token = first;
    let hasVersion = false;
    for (;;) {
      if (token.type === 'version-directive') {
        if (hasVersion) throw this.parser.error('found duplicate %YAML directive', token);
        if (token.text !== '1.1') throw this.parser.error('found incompatible YAML document', token);
        hasVersion = true;
      } else if (token.type === 'tag-directive') this.addHandle(token);
      else break;
      token = this.parser.advance();
    }
    if (!this.prefixes.has('!')) this.prefixes.set('!', '!');
    if (!this.prefixes.has('!!')) this.prefixes.set('!!', 'tag:yaml.org,2002:');
    return token;
  }

  private addHandle(token: Token): void {
    if (this.prefixes.has(token.text)) throw this.parser.error('found duplicate %TAG directive', token);
    this.prefixes.set(token.text, token.suffix);
  }

  /** The whole tag; throws when its handle is unknown. `context` is where the node begins. */
  resolve(token: Token, context: Token): string {
    if (token.text === '') return token.suffix;
    const prefix = this.prefixes.get(token.text);
    const tag = prefix === undefined ? '' : prefix + token.suffix;
    if (tag === '') throw this.parser.error('found undefined tag handle', token, context);
    return tag;
  }

  /** Forgets the directives at the end of a document. */
  reset(): void {
    this.prefixes.clear();
  }
}
