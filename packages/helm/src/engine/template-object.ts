import { namedDict, setKey } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { commonPackage } from './capabilities.ts';
import type { ScopedTemplate } from './scope.ts';

/** Puts `.Template` into the scope of a template that is about to run. */
export function setTemplateObject({ path, basePath, scope }: ScopedTemplate, compat: HelmCompat): void {
  const template = namedDict(`${commonPackage(compat)}.Values`, [
    ['Name', path],
    ['BasePath', basePath],
  ]);
  setKey(scope, 'Template', template);
}
