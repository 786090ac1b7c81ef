import type { PatchSchema } from '../../cluster.ts';
import type { ValueType } from '../schema/type-schema.ts';

/** The merge rules of a type as strategic merge patches ask for them. */
export function patchSchemaOf(type: ValueType): PatchSchema {
  return {
    field: (name) => {
      if (type.kind === 'map') return { rules: { strategies: [], mergeKey: '' }, schema: inner(type.items) };
      const found = type.kind === 'struct' ? type.fields.get(name) : undefined;
      return found === undefined ? undefined : { rules: found.rules, schema: inner(found.type) };
    },
  };
}

function inner(type: ValueType): PatchSchema | undefined {
  switch (type.kind) {
    case 'struct':
    case 'map':
      return patchSchemaOf(type);
    case 'list':
      return inner(type.items);
    case 'any':
    case 'scalar':
      return undefined;
  }
}
