import type { DiffTemplate } from '@flotilla/core';
import { GoError, GoStruct } from '@flotilla/gocompat';
import { builtinFunctions, goFunction, TemplateSet } from '@flotilla/gotemplate';
import { type ChangeEntry, changeEntries } from './change-entry.ts';
import type { ObjectChange } from './compare-manifests.ts';

/**
 * The `template` layout of helm-diff 3.15.11 with a template of the user's (`HELM_DIFF_TPL`).
 * The template sees a list of Namespace, Name, Kind, API and Change, and has one more function: `last INDEX LIST`.
 */

const last = goFunction(['int', 'value'], (index, list) => {
  if (typeof list === 'string') return index === list.length - 1;
  if (!Array.isArray(list))
    throw new GoError('reflect: call of reflect.Value.Len on a value that is no list');
  return index === list.length - 1;
});

/** Renders the changes. Throws TemplateError. */
export function printTemplate(changes: readonly ObjectChange[], template: DiffTemplate): string {
  const functions = new Map([...builtinFunctions, ['last', last] as const]);
  const set = new TemplateSet({ functions, rootName: template.name });
  set.parse(template.name, template.text);
  const text = set.execute(template.name, changeEntries(changes).map(toStruct));
  return `${text}\n`;
}

function toStruct({ namespace, name, kind, api, change }: ChangeEntry): GoStruct {
  const fields = new Map([
    ['Namespace', namespace],
    ['Name', name],
    ['Kind', kind],
    ['API', api],
    ['Change', change],
  ]);
  return new GoStruct({ goType: 'diff.ReportTemplateSpec', isPointer: false, fields, methods: new Map() });
}
