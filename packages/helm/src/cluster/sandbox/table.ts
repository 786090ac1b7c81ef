/** Tables as the API server gives them: a name and an age, and what ConfigMaps and Secrets hold. */
import { type JsonObject, kindOfObject, nameOf, objectOf, textAt } from '../json-object.ts';

interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer';
  readonly cell: (object: JsonObject, now: number) => unknown;
}

const name: Column = { name: 'Name', type: 'string', cell: nameOf };
const age: Column = { name: 'Age', type: 'string', cell: ageOf };
const type: Column = { name: 'Type', type: 'string', cell: (object) => textAt(object, 'type') };
const data: Column = {
  name: 'Data',
  type: 'integer',
  cell: (object) =>
    ['data', 'binaryData'].reduce((sum, key) => sum + Object.keys(objectOf(object[key]) ?? {}).length, 0),
};

const columnsByKind: Readonly<Record<string, readonly Column[]>> = {
  ConfigMap: [name, data, age],
  Secret: [name, type, data, age],
};

export function tableOf(objects: readonly JsonObject[], now: number): JsonObject {
  const [first] = objects;
  const columns = columnsByKind[first === undefined ? '' : kindOfObject(first)] ?? [name, age];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: columns.map((column) => ({
      name: column.name,
      type: column.type,
      format: column === name ? 'name' : '',
      description: '',
      priority: 0,
    })),
    rows: objects.map((object) => ({ cells: columns.map(({ cell }) => cell(object, now)), object })),
  };
}

/** Kubernetes' short durations: `45s`, `7m3s`, `3h5m`, `4d`. */
function ageOf(object: JsonObject, now: number): string {
  const created = Date.parse(textAt(object, 'metadata', 'creationTimestamp'));
  const seconds = Math.max(0, Math.floor((now - created) / 1000));
  if (Number.isNaN(seconds)) return '<unknown>';
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return part(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return part(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  return days < 8 ? part(days, 'd', hours % 24, 'h') : `${days}d`;
}

function part(first: number, unit: string, second: number, small: string): string {
  return second === 0 ? `${first}${unit}` : `${first}${unit}${second}${small}`;
}
