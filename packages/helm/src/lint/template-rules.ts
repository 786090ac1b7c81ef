/** Rules for templates and what they render to (Helm 4.3.1 `rules.Templates`). */
import { join } from 'node:path';
import { Dict, extensionOf, GoError, orUndefined, parseYaml, quote, trimSpace } from '@flotilla/gocompat';
import type { Chart } from '../chart/chart.ts';
import { loadChart } from '../chart/load-chart.ts';
import { discardLog } from '../chart/log-record.ts';
import { type Capabilities, defaultCapabilities } from '../engine/capabilities.ts';
import { type RenderOptions, renderValued, type ValuedChart, valueChart } from '../engine/render-chart.ts';
import { coalesceValues } from '../values/coalesce.ts';
import { deprecationWarning } from './deprecated-apis.ts';
import { type DocumentHead, documentHeads } from './document-head.ts';
import { type LintContext, problemOf } from './lint-context.ts';
import { nameWarning } from './object-names.ts';

const folder = 'templates/';
const extensions = ['.yaml', '.yml', '.tpl', '.txt'];

/** Renders the chart as a release `test-release` and reports on the result. */
export async function lintTemplates(context: LintContext): Promise<void> {
  const { directory, files, report } = context;
  const entry = files.stat(join(directory, 'templates'));
  if (!report.check('warning', folder, entry === undefined ? 'directory does not exist' : undefined)) return;
  if (!report.check('error', folder, entry?.kind === 'directory' ? undefined : 'not a directory')) return;
  let chart: Chart | undefined;
  const problem = problemOf(() => {
    chart = loadChart({ kind: 'directory', files: files.chartFiles(directory) }, { log: context.log });
  });
  if (!report.check('error', folder, problem) || chart === undefined) return;
  const rendered = await render(chart, context);
  if (rendered !== undefined) lintFiles(chart, rendered, context);
}

async function render(chart: Chart, context: LintContext): Promise<ReadonlyMap<string, string> | undefined> {
  const options = renderOptions(context);
  // What is wrong with dependencies or values ends the linting of templates without a word, as in Helm.
  const valued = orUndefined(() => coalescedTwice(valueChart(chart, options), options));
  if (valued === undefined) return undefined;
  try {
    return (await renderValued(valued, options)).files;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    context.report.check('error', folder, error.message);
    return undefined;
  }
}

/** Linting lays values over the defaults twice: what a null took away the first time is back afterwards. */
function coalescedTwice({ instance, values }: ValuedChart, { log = discardLog }: RenderOptions): ValuedChart {
  return { instance, values: coalesceValues(instance, values, { log }) };
}

function renderOptions(context: LintContext): RenderOptions {
  return {
    values: context.values,
    release: {
      name: 'test-release',
      namespace: context.namespace,
      revision: 0,
      isInstall: false,
      isUpgrade: false,
    },
    host: context.templateHost,
    capabilities: capabilitiesFor(context),
    isLint: true,
    skipSchemaValidation: context.skipSchemaValidation,
    log: context.log,
  };
}

function capabilitiesFor({ kubeVersion }: LintContext): Capabilities {
  const capabilities = defaultCapabilities();
  return kubeVersion === undefined ? capabilities : { ...capabilities, kubeVersion };
}

function lintFiles(chart: Chart, rendered: ReadonlyMap<string, string>, context: LintContext): void {
  const { report } = context;
  for (const { name } of chart.templates) {
    const extension = extensionOf(name);
    const isKnown = extensions.includes(extension);
    const problem = `file extension '${extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt`;
    report.check('error', name, isKnown ? undefined : problem);
    if (!/^\.ya?ml$/i.test(extension)) continue;
    const content = rendered.get(`${chart.metadata.name}/${name}`) ?? '';
    if (trimSpace(content) === '') continue;
    report.check('warning', name, indentProblem(content));
    if (!lintDocuments(name, content, context)) return;
  }
}

/** False when the file cannot be read: Helm stops linting templates then. */
function lintDocuments(name: string, content: string, context: LintContext): boolean {
  const { report } = context;
  const minor = Number(capabilitiesFor(context).kubeVersion.minor);
  try {
    for (const head of documentHeads(content)) {
      report.check('warning', name, nameWarning(head.kind, head.name));
      report.check('warning', name, deprecationWarning(head.apiVersion, head.kind, minor));
      report.check('error', name, selectorProblem(head, content));
      report.check('error', name, listProblem(head, content));
    }
    return true;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    report.check('error', name, `unable to parse YAML: ${error.message}`);
    return false;
  }
}

function indentProblem(content: string): string | undefined {
  const line = content.split(/\r?\n/).find((each) => trimSpace(each) !== '') ?? '';
  if (!line.startsWith(' ') && !line.startsWith('\t')) return undefined;
  return `document starts with an illegal indent: ${quote(line)}, which may cause parsing problems`;
}

const workloads = new Set(['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet']);

function selectorProblem({ kind, name }: DocumentHead, content: string): string | undefined {
  if (!workloads.has(kind) || content.includes('matchLabels') || content.includes('matchExpressions')) {
    return undefined;
  }
  return `a ${kind} must contain matchLabels or matchExpressions, and ${quote(name)} does not`;
}

function listProblem({ kind }: DocumentHead, content: string): string | undefined {
  if (kind !== 'List') return undefined;
  let value: unknown;
  const problem = problemOf(() => {
    value = parseYaml(content, { dialect: 'v2' });
  }, 'unable to parse YAML: ');
  if (problem !== undefined) return problem;
  const items = value instanceof Dict && Array.isArray(value['items']) ? value['items'] : [];
  return items.some(hasResourcePolicy)
    ? "annotation 'helm.sh/resource-policy' within List objects are ignored"
    : undefined;
}

function hasResourcePolicy(item: unknown): boolean {
  const metadata = item instanceof Dict ? item['metadata'] : undefined;
  const annotations = metadata instanceof Dict ? metadata['annotations'] : undefined;
  return annotations instanceof Dict && 'helm.sh/resource-policy' in annotations;
}
