import type { Redactor } from '@flotilla/diagnostics';
import { parseBool } from '@flotilla/gocompat';
import type { Ports } from '../ports/ports.ts';
import { EffectLedger } from './effects.ts';
import { performEffect } from './perform-effect.ts';
import type { Capability } from './render-context.ts';
import { TemplateRenderer } from './template-renderer.ts';

export interface RendererSetup {
  readonly ports: Pick<Ports, 'files' | 'processes' | 'secrets' | 'templateHost' | 'environment'>;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  readonly deny: ReadonlySet<Capability>;
  /** Directories whose files `--deny read` does not forbid. */
  readonly projectDirectories: readonly string[];
}

/** Renders templates of state files and of releases alike: the same functions, forbidden by the same rules. */
export function createRenderer(setup: RendererSetup): TemplateRenderer {
  const { ports, redactor, signal, deny, projectDirectories } = setup;
  const { files, environment, templateHost } = ports;
  const isInsecureDisabled = [
    'HELMFILE_DISABLE_INSECURE_FEATURES',
    'HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS',
  ].some((name) => parseBool(environment[name] ?? '') === true);
  return new TemplateRenderer({
    world: { files, environment, redactor, deny, isInsecureDisabled, projectDirectories },
    host: templateHost,
    ledger: new EffectLedger(),
    perform: (request) => performEffect(request, { ...ports, redactor }, signal),
  });
}
