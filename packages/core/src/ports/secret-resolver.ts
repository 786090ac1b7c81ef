/** Secrets: `ref+…` references and encrypted files. What comes back is secret from here on. */

export type SecretErrorCode =
  | 'unsupported-provider'
  | 'sops-not-found'
  | 'decryption-failed'
  | 'not-found'
  | 'failed';

export class SecretError extends Error {
  readonly code: SecretErrorCode;
  /** The reference or path, without any secret part. */
  readonly subject: string;

  constructor(code: SecretErrorCode, subject: string, message: string) {
    super(message);
    this.name = 'SecretError';
    this.code = code;
    this.subject = subject;
  }
}

/** A decrypted file; `wasEncrypted` is false when the file carried no encryption metadata and passed through. */
export interface DecryptedFile {
  readonly content: string;
  readonly wasEncrypted: boolean;
}

export interface SecretResolver {
  /** The value behind one `ref+provider://…` reference. */
  resolve(reference: string, signal: AbortSignal): Promise<unknown>;
  /** Decrypts a sops file at an absolute path. */
  decrypt(path: string, signal: AbortSignal): Promise<DecryptedFile>;
}
