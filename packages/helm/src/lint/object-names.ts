/** Names Kubernetes accepts for objects, by kind, and its words for those it does not. */
import { quote } from '@flotilla/gocompat';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const serviceLabel = '[a-z]([-a-z0-9]*[a-z0-9])?';

interface NameRule {
  readonly pattern: string;
  readonly limit: number;
  readonly text: string;
}

const subdomainRule: NameRule = {
  pattern: subdomain,
  limit: 253,
  text: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`,
};
const labelRule: NameRule = {
  pattern: label,
  limit: 63,
  text: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`,
};
const serviceRule: NameRule = {
  pattern: serviceLabel,
  limit: 63,
  text: `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${serviceLabel}')`,
};

const roleKinds = new Set(['role', 'clusterrole', 'rolebinding', 'clusterrolebinding']);

/** Helm 4.3.1's warning about an object's name; undefined for a good one. */
export function nameWarning(kind: string, name: string): string | undefined {
  const problems = nameProblems(kind.toLowerCase(), name).map(
    (problem) => `metadata.name: Invalid value: ${quote(name)}: ${problem}`,
  );
  if (problems.length === 0) return undefined;
  const text = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
  return `object name does not conform to Kubernetes naming requirements: ${quote(name)}: ${text}`;
}

function nameProblems(kind: string, name: string): readonly string[] {
  if (kind === 'certificatesigningrequest') return [];
  if (roleKinds.has(kind)) return segmentProblems(name);
  const rule = kind === 'service' ? serviceRule : kind === 'namespace' ? labelRule : subdomainRule;
  return [
    ...(new TextEncoder().encode(name).length > rule.limit
      ? [`must be no more than ${rule.limit} characters`]
      : []),
    ...(matches(rule.pattern, name) ? [] : [patternProblem(rule, name)]),
  ];
}

function patternProblem(rule: NameRule, name: string): string {
  return rule === labelRule && matches(subdomain, name) ? 'must not contain dots' : rule.text;
}

/** Long names are not worth a backtracking match. */
function matches(pattern: string, name: string): boolean {
  return name.length <= 10_000 && new RegExp(`^${pattern}$`).test(name);
}

function segmentProblems(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
}
