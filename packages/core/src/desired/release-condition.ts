import { type Diagnosed, errorDiagnostic, type Span } from '@flotilla/diagnostics';
import { Dict } from '@flotilla/gocompat';

/**
 * Whether a release's `condition` holds (Helmfile 1.8.0): empty and `true` do, `false` does not, a path that ends in
 * `.enabled` is looked up in the state values.
 */
export function conditionHolds(
  condition: string,
  values: Dict,
  release: { readonly name: string; readonly span: Span | undefined },
): Diagnosed<boolean> {
  const literal = condition.toLowerCase();
  if (condition === '' || literal === 'true') return { value: true, diagnostics: [] };
  if (literal === 'false') return { value: false, diagnostics: [] };
  const looked = lookUp(condition, values);
  if (typeof looked === 'boolean') return { value: looked, diagnostics: [] };
  const problem = errorDiagnostic('state/condition', `condition "${condition}": ${looked.problem}`, {
    span: release.span,
    referenceText: `failed to parse condition in release ${release.name}: ${looked.problem}`,
  });
  return { value: undefined, diagnostics: [problem] };
}

const form = "Condition value must be in the form 'foo.enabled' where 'foo' can be modified as necessary";

function lookUp(condition: string, values: Dict): boolean | { readonly problem: string } {
  const keys = condition.split('.');
  if (keys.pop() !== 'enabled') return { problem: form };
  let current = values;
  let path = '';
  for (const key of keys) {
    path += `.${key}`;
    const next = current[key];
    if (next === undefined) return { problem: `environment values field '${path}' not found` };
    if (!(next instanceof Dict)) return { problem: `environment values field '${path}' is not a map` };
    current = next;
  }
  return current['enabled'] === true;
}
