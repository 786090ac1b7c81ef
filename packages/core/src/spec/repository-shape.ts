import { type FieldsOf, field, type Shape } from './field.ts';
import { choice, flag, text } from './field-type.ts';
import type { RepositorySpec } from './state-spec.ts';

const fields: FieldsOf<RepositorySpec> = {
  name: field(text, 'Name that charts use in front of the slash.'),
  url: field(text, 'URL of the repository, or host and path of the registry.'),
  caFile: field(text, 'CA bundle for its certificate.'),
  certFile: field(text, 'Client certificate.'),
  keyFile: field(text, 'Key of the client certificate.'),
  username: field(text, 'User name; else `<NAME>_USERNAME` of the environment.'),
  password: field(text, 'Password; else `<NAME>_PASSWORD` of the environment.'),
  registryConfig: field(text, 'Credentials file for pulls from a registry.'),
  managed: field(choice('acr'), 'Who manages the credentials.'),
  oci: field(flag, 'An OCI registry instead of a chart repository.'),
  verify: field(flag, 'Verify charts before use.'),
  keyring: field(text, 'Keyring for verification.'),
  passCredentials: field(flag, 'Send the credentials to other hosts too.'),
  skipTLSVerify: field(flag, 'Accept any certificate.'),
  plainHttp: field(flag, 'Use HTTP without TLS.'),
};

/** `repositories[]`. */
export const repositoryShape: Shape = {
  name: 'repository',
  goType: 'state.RepositorySpec',
  title: 'A chart repository',
  fields,
};
