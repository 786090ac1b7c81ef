/** What a pod of the sandbox has to say: one line per container. */
import { type JsonObject, listAt, nameOf, textAt } from '../json-object.ts';
import { badRequest } from './api-errors.ts';

/** Throws ClusterError as the API server does for containers that are not there or have not started. */
export function podLog(pod: JsonObject, container: string | undefined): string {
  const names = ['containers', 'initContainers'].flatMap((list) =>
    listAt(pod, 'spec', list).map((each) => textAt(each, 'name')),
  );
  const [first = ''] = names;
  const name = container ?? first;
  if (!names.includes(name)) throw badRequest(`container ${name} is not valid for pod ${nameOf(pod)}`);
  const phase = textAt(pod, 'status', 'phase');
  if (phase === 'Pending' || phase === '') {
    const text = `container ${JSON.stringify(name)} in pod ${JSON.stringify(nameOf(pod))} is waiting to start: ContainerCreating`;
    throw badRequest(text);
  }
  return `sandbox: container ${name} of pod ${nameOf(pod)}: ${phase}\n`;
}
