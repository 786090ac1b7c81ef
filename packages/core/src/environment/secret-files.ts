import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  type Source,
  type Span,
  source,
  warningDiagnostic,
} from '@flotilla/diagnostics';
import { Dict, GoError } from '@flotilla/gocompat';
import { FileError } from '../ports/files.ts';
import { type DecryptedFile, SecretError, type SecretResolver } from '../ports/secret-resolver.ts';
import { parseValues } from './parse-values.ts';
import type { FoundFile } from './values-files.ts';

export interface SecretFileOptions {
  readonly secrets: SecretResolver;
  readonly redactor: { readonly add: (text: string) => void };
  readonly signal: AbortSignal;
}

/** Decrypts values files, each once per load, and has every text in them redacted. */
export class SecretFiles {
  readonly #options: SecretFileOptions;
  readonly #decrypted = new Map<string, Promise<DecryptedFile>>();

  constructor(options: SecretFileOptions) {
    this.#options = options;
  }

  /**
   * The map in an encrypted file, or the text of an HCL file, which is evaluated with the others. A file that is not encrypted
   * is used as it is, with a warning.
   */
  async load(file: FoundFile, span: Span | undefined): Promise<Diagnosed<Dict | Source>> {
    try {
      const { content, wasEncrypted } = await this.#decrypt(file.absolute);
      const isHcl = file.printed.endsWith('.hcl');
      const value = isHcl ? source(file.printed, content) : parseValues(content);
      if (!wasEncrypted) return { value, diagnostics: [notEncrypted(file, span)] };
      if (isHcl) for (const [, text = ''] of content.matchAll(/"([^"]*)"/g)) this.#taint(text);
      else this.#taint(value);
      return { value, diagnostics: [] };
    } catch (error) {
      const isExpected =
        error instanceof SecretError || error instanceof GoError || error instanceof FileError;
      if (!isExpected) throw error;
      return { value: undefined, diagnostics: [secretFailed(file, error, span)] };
    }
  }

  #decrypt(path: string): Promise<DecryptedFile> {
    const known = this.#decrypted.get(path);
    if (known !== undefined) return known;
    const decrypted = this.#options.secrets.decrypt(path, this.#options.signal);
    this.#decrypted.set(path, decrypted);
    return decrypted;
  }

  #taint(value: unknown): void {
    if (typeof value === 'string') this.#options.redactor.add(value);
    else if (Array.isArray(value)) for (const item of value) this.#taint(item);
    else if (value instanceof Dict) for (const key in value) this.#taint(value[key]);
  }
}

function notEncrypted(file: FoundFile, span: Span | undefined): Diagnostic {
  return warningDiagnostic(
    'environment/secret-not-encrypted',
    `"${file.printed}" is listed under secrets and is not encrypted`,
    {
      span,
      hint: `encrypt it with sops --encrypt --in-place ${file.printed}, or list it under values`,
    },
  );
}

function secretFailed(file: FoundFile, error: Error, span: Span | undefined): Diagnostic {
  const message = `cannot read the secrets file "${file.printed}": ${error.message}`;
  return errorDiagnostic('environment/secret-failed', message, { span });
}
