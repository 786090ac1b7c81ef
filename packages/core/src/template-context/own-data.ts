import { type Dict, GoStruct } from '@flotilla/gocompat';
import { deepCopy } from '@flotilla/gotemplate';

const changing = /\b(?:set|unset|setValueAtPath|tpl|include|template|block)\b|[mM]erge/;

/**
 * The data of a state file or values file for one render. Helmfile builds it afresh each time, so what a template changes in it
 * is gone afterwards; copying is left out where the text calls nothing that could. Data of releases is shared, as in Helmfile.
 */
export function ownData(text: string, data: unknown): unknown {
  if (!(data instanceof GoStruct) || !data.isPointer || !changing.test(text)) return data;
  const values = deepCopy(data.fields.get('Values'));
  const fields = new Map([...data.fields, ['Values', values], ['StateValues', values]]);
  return new GoStruct({ ...data, goType: data.goType, isPointer: true, methods: data.methods, fields });
}

/** Values of a state file under the templates of its releases, which may change them for one another but for no other file. */
export class SharedValues {
  #values: Dict;
  #isOwn = false;

  constructor(values: Dict) {
    this.#values = values;
  }

  /** The values for one text; copied before the first text that may change them. */
  for(text: string): Dict {
    if (!this.#isOwn && changing.test(text)) {
      this.#values = deepCopy(this.#values) as Dict;
      this.#isOwn = true;
    }
    return this.#values;
  }
}
