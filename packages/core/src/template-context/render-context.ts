import type { Redactor } from '@flotilla/diagnostics';
import type { GoValue } from '@flotilla/gocompat';
import type { Files } from '../ports/files.ts';
import type { EffectScope } from './effects.ts';

/** A directory under its two names: where it is, and what Helmfile would have in its hands (`.` in single-file mode). */
export interface BaseDirectory {
  readonly absolute: string;
  readonly printed: string;
}

/**
 * What `--deny` can take away: `exec` programs started by templates, `read` files outside the project, `remote` sources,
 * `secrets` references to secret stores.
 */
export type Capability = 'exec' | 'read' | 'remote' | 'secrets';

/** What template functions may touch, the same for every render of a load. */
export interface TemplateWorld {
  readonly files: Files;
  readonly environment: Readonly<Record<string, string>>;
  readonly redactor: Redactor;
  readonly deny: ReadonlySet<Capability>;
  /** `HELMFILE_DISABLE_INSECURE_FEATURES` or `HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS`. */
  readonly isInsecureDisabled: boolean;
  /** Directories whose files `read` does not forbid. */
  readonly projectDirectories: readonly string[];
}

/** What one render hands to its functions, as `TemplateCall.context`. */
export interface RenderContext {
  readonly world: TemplateWorld;
  readonly base: BaseDirectory;
  readonly effects: EffectScope;
  /** The first pass over a classic file: effects give nothing, unset variables are empty. */
  readonly isLenient: boolean;
  /** Renders another text with the same context (`tpl`). */
  readonly renderText: (text: string, data: GoValue) => string;
}

/** The context of the render a function is called from. */
export function renderContextOf(execution: { readonly context: unknown }): RenderContext {
  return execution.context as RenderContext;
}
