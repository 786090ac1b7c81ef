/**
 * `lookup` against a cluster: templates are evaluated at once, so a question that has no answer yet suspends the render;
 * it is asked and the render repeated. Comes in: a cluster and a render. Goes out: what the render gives.
 */
import { Dict, fromJs, GoError } from '@flotilla/gocompat';
import { Suspension } from '@flotilla/gotemplate';
import { type LogSink, slogRecord } from '../chart/log-record.ts';
import type { Cluster, ResourceMapping } from '../cluster/cluster.ts';
import { hasReason, isNotFound } from '../cluster/cluster-error.ts';
import type { Lookup } from '../engine/render-context.ts';

interface LookupQuestion {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

class LookupRequest {
  readonly question: LookupQuestion;

  constructor(question: LookupQuestion) {
    this.question = question;
  }
}

export interface LookupOptions {
  readonly signal: AbortSignal;
  readonly log: LogSink;
}

/** Repeats the render until every question it asks is answered. */
export async function renderWithLookup<T>(
  cluster: Cluster,
  options: LookupOptions,
  render: (lookup: Lookup) => Promise<T>,
): Promise<T> {
  const answers = new Map<string, Dict | GoError>();
  const lookup: Lookup = (apiVersion, kind, namespace, name) => {
    const question = { apiVersion, kind, namespace, name };
    const answer = answers.get(JSON.stringify(question));
    if (answer === undefined) throw new Suspension(new LookupRequest(question));
    if (answer instanceof GoError) throw answer;
    return answer;
  };
  for (;;) {
    options.signal.throwIfAborted();
    try {
      return await render(lookup);
    } catch (error) {
      if (!(error instanceof Suspension) || !(error.request instanceof LookupRequest)) throw error;
      const { question } = error.request;
      answers.set(JSON.stringify(question), await answerOf(cluster, question, options));
    }
  }
}

async function answerOf(
  cluster: Cluster,
  question: LookupQuestion,
  options: LookupOptions,
): Promise<Dict | GoError> {
  try {
    const mapping = await cluster.mapping(question.apiVersion, question.kind, options);
    return await ask(cluster, mapping, question, options.signal);
  } catch (error) {
    options.signal.throwIfAborted();
    if (isNotFound(error)) {
      options.log(notFoundRecord(question));
      return new Dict();
    }
    if (hasReason(error, 'NoMatch')) return unknownKind(question, error);
    if (error instanceof GoError) return error;
    throw error;
  }
}

function unknownKind({ apiVersion, kind }: LookupQuestion, cause: GoError): GoError {
  const slash = apiVersion.indexOf('/');
  const gvk =
    slash === -1
      ? `/${apiVersion}, Kind=${kind}`
      : `${apiVersion.slice(0, slash)}/${apiVersion.slice(slash + 1)}, Kind=${kind}`;
  const place = kind === '' ? '' : `unable to get apiresource from unstructured: ${gvk}: `;
  return new GoError(`${place}failed to lookup apiResource for ${apiVersion}/${kind}: ${cause.message}`, {
    cause,
  });
}

async function ask(
  cluster: Cluster,
  mapping: ResourceMapping,
  { namespace, name }: LookupQuestion,
  signal: AbortSignal,
): Promise<Dict> {
  const place = mapping.isNamespaced ? namespace : '';
  if (name !== '') return fromJs(await cluster.get({ mapping, namespace: place, name }, { signal })) as Dict;
  return fromJs(await cluster.listObject({ mapping, namespace: place }, { signal })) as Dict;
}

function notFoundRecord({
  apiVersion,
  kind,
  namespace,
  name,
}: LookupQuestion): ReturnType<typeof slogRecord> {
  const what = name === '' ? 'resource list' : 'resource';
  return slogRecord('DEBUG', `lookup: ${what} not found`, [
    ['apiVersion', apiVersion],
    ['kind', kind],
    ['namespace', namespace],
    ...(name === '' ? [] : ([['name', name]] as const)),
  ]);
}
