import { didYouMean, warningDiagnostic } from '@flotilla/diagnostics';
import { hookEvents as events, isOneOf } from '../spec/closed-sets.ts';
import { spanOf } from '../yaml/provenance.ts';
import { hookLabel, hooksOf } from './blocks.ts';
import type { Rule } from './rule.ts';

/** Hooks that no moment ever fires: unknown events, or none at all. Helmfile says nothing. */
export const hookEvents: Rule = (spec, report) => {
  for (const hook of hooksOf(spec)) {
    const named = hook.events ?? [];
    if (named.length === 0) {
      const text = `${hookLabel(hook)} names no events, so it never runs`;
      report(
        warningDiagnostic('hook/no-events', text, {
          span: spanOf(hook),
          hint: `Name some of ${events.join(', ')}.`,
        }),
      );
    }
    for (const [index, event] of named.entries()) {
      if (isOneOf(events, event)) continue;
      const text = `${hookLabel(hook)} waits for "${event}", which never happens`;
      const hint = didYouMean(event, events) ?? `Events are ${events.join(', ')}.`;
      report(warningDiagnostic('hook/unknown-event', text, { span: spanOf(hook, 'events', index), hint }));
    }
  }
};
