/**
 * Which dialect a state file is written in, and which engine renders it.
 * In: the unrendered text and the file's name. Out: a Dialect.
 * v1 renders only template files, once; classic (Helmfile 0.x) renders plain YAML files too, twice.
 * Not its business: rendering.
 */

import type { Source } from '@flotilla/diagnostics';
import { extensionOf } from '@flotilla/gocompat';
import { findBareAction } from './find-bare-action.ts';

export type DialectName = 'v1' | 'classic';

export interface Dialect {
  readonly name: DialectName;
  /** What renders the parts before YAML reads them. */
  readonly engine: 'none' | 'gotemplate' | 'eta';
}

export interface DialectOptions {
  /** `HELMFILE_V1MODE`: true forces v1, false forces classic for plain files. */
  readonly v1Mode?: boolean | undefined;
  /** `HELMFILE_RENDER_YAML=true`: plain files are rendered. */
  readonly renderYaml?: boolean | undefined;
}

/** Template files are v1. A plain file is classic when it holds a template action outside YAML strings and comments. */
export function detectDialect(file: Source, options: DialectOptions = {}): Dialect {
  const extension = extensionOf(file.name);
  if (extension === '.gotmpl')
    return { name: options.v1Mode === false ? 'classic' : 'v1', engine: 'gotemplate' };
  if (extension === '.eta') return { name: 'v1', engine: 'eta' };
  const isClassic = options.v1Mode === undefined ? findBareAction(file.text) !== -1 : !options.v1Mode;
  if (isClassic) return { name: 'classic', engine: 'gotemplate' };
  return { name: 'v1', engine: options.renderYaml === true ? 'gotemplate' : 'none' };
}
