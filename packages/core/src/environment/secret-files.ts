import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  type Source,
  type Span,
  source,
  warningDiagnostic,
} from '@flotilla/diagnostics';
import { type Dict, GoError } from '@flotilla/gocompat';
import { FileError } from '../ports/files.ts';
import { type DecryptedFile, SecretError, type SecretResolver } from '../ports/secret-resolver.ts';
import { parseValues } from './parse-values.ts';
import { type Taints, taintHcl, taintYaml } from './taint-content.ts';
import type { FoundFile } from './values-files.ts';

export interface SecretFileOptions {
  readonly secrets: SecretResolver;
  readonly redactor: Taints;
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
      // Before anything reads it: errors quote what they choke on.
      if (wasEncrypted) (isHcl ? taintHcl : taintYaml)(this.#options.redactor, content);
      const value = isHcl ? source(file.printed, content) : parseValues(content);
      return { value, diagnostics: wasEncrypted ? [] : [notEncrypted(file, span)] };
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
