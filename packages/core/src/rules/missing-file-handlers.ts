import { didYouMean, warningDiagnostic } from '@flotilla/diagnostics';
import { missingFileHandlers as handlers, isOneOf } from '../spec/closed-sets.ts';
import { spanOf } from '../yaml/provenance.ts';
import { releasesOf } from './blocks.ts';
import type { Rule } from './rule.ts';

/** Handlers that Helmfile refuses only once a file is missing. */
export const missingFileHandlers: Rule = (spec, report) => {
  const owners = [
    spec,
    ...Object.values(spec.environments ?? {}),
    ...releasesOf(spec).map(({ release }) => release),
  ];
  for (const owner of owners) {
    const handler = owner.missingFileHandler;
    if (handler === undefined || isOneOf(handlers, handler)) continue;
    report(
      warningDiagnostic('state/missing-file-handler', `"${handler}" is no handler for missing files`, {
        span: spanOf(owner, 'missingFileHandler'),
        hint: didYouMean(handler, handlers) ?? `Handlers are ${handlers.join(', ')}.`,
      }),
    );
  }
};
