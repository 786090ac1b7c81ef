import { behaviourDocs as doc } from './behaviour-docs.ts';
import { cascades, serverSides, trackModes } from './closed-sets.ts';
import { type FieldsOf, field, nullable, printed, type Shape } from './field.ts';
import { choice, flag, integer, text, texts } from './field-type.ts';
import { legacyHelmKeys, noRecreatePods, noWaitRetries } from './legacy-keys.ts';
import type { HelmDefaultsSpec } from './state-spec.ts';

const fields: FieldsOf<HelmDefaultsSpec> = {
  kubeContext: field(text, doc.kubeContext),
  args: field(texts, 'Extra arguments of every helm command.'),
  diffArgs: field(texts, 'Extra arguments of helm diff.'),
  syncArgs: field(texts, 'Extra arguments of helm upgrade.'),
  templateArgs: field(texts, 'Extra arguments of helm template.'),
  verify: printed(flag, doc.verify),
  keyring: field(text, doc.keyring),
  enableDNS: printed(flag, doc.enableDNS),
  skipSchemaValidation: nullable(flag, doc.skipSchemaValidation),
  devel: printed(flag, doc.devel),
  wait: printed(flag, doc.wait),
  waitRetries: printed(integer, doc.waitRetries, { deprecation: noWaitRetries }),
  waitForJobs: printed(flag, doc.waitForJobs),
  timeout: printed(integer, doc.timeout),
  recreatePods: printed(flag, doc.recreatePods, { deprecation: noRecreatePods }),
  force: printed(flag, doc.force),
  atomic: printed(flag, doc.atomic),
  rollbackOnFailure: printed(flag, doc.rollbackOnFailure),
  cleanupOnFail: field(flag, doc.cleanupOnFail),
  forceConflicts: printed(flag, doc.forceConflicts),
  historyMax: nullable(integer, doc.historyMax),
  createNamespace: nullable(flag, doc.createNamespace),
  skipCRDs: field(flag, 'Do not install CRDs.'),
  skipDeps: printed(flag, doc.skipDeps),
  skipRefresh: printed(flag, doc.skipRefresh),
  resolveOCIVersions: nullable(flag, doc.resolveOCIVersions),
  reuseValues: printed(flag, doc.reuseValues),
  postRenderer: nullable(text, doc.postRenderer),
  postRendererArgs: field(texts, doc.postRendererArgs),
  cascade: nullable(choice(...cascades), doc.cascade),
  suppressOutputLineRegex: field(texts, doc.suppressOutputLineRegex),
  disableAutoDetectedKubeVersionForDiff: nullable(flag, doc.disableAutoDetectedKubeVersionForDiff),
  disableValidation: nullable(flag, doc.disableValidation),
  disableOpenAPIValidation: nullable(flag, doc.disableOpenAPIValidation),
  insecureSkipTLSVerify: field(flag, doc.insecureSkipTLSVerify),
  plainHttp: field(flag, doc.plainHttp),
  deleteWait: field(flag, doc.deleteWait),
  deleteTimeout: field(integer, doc.deleteTimeout),
  syncReleaseLabels: nullable(flag, doc.syncReleaseLabels),
  takeOwnership: nullable(flag, doc.takeOwnership),
  serverSide: nullable(choice(...serverSides), doc.serverSide),
  trackMode: field(choice(...trackModes), doc.trackMode),
  helmStuckGrace: field(integer, doc.helmStuckGrace),
};

const perTemplate = 'Put it in a release template and name that in "defaultInherit".';
const perRelease = `Set it per release. ${perTemplate}`;

/** `helmDefaults`. */
export const helmDefaultsShape: Shape = {
  name: 'helmDefaults',
  goType: 'state.HelmSpec',
  title: 'The helmDefaults block',
  fields,
  legacy: legacyHelmKeys,
  absent: {
    description: perRelease,
    disableValidationOnInstall: perRelease,
    hooks: perRelease,
    kubedogQPS: perRelease,
    labels: 'Use "commonLabels" at the top level.',
    namespace: 'Use "namespace" at the top level, or set it per release.',
    trackLogs: perRelease,
    trackTimeout: perRelease,
    values: perTemplate,
    version: perRelease,
  },
};
