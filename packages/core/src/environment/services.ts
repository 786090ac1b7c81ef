import type { TemplateRenderer } from '../template-context/template-renderer.ts';
import type { SecretFiles } from './secret-files.ts';
import type { ValuesFilePorts } from './values-files.ts';
import type { ValuesReader } from './values-reader.ts';

/** What loading an environment works with, the same for a whole load. */
export interface EnvironmentServices extends ValuesFilePorts {
  readonly renderer: TemplateRenderer;
  readonly reader: ValuesReader;
  readonly secretFiles: SecretFiles;
}
