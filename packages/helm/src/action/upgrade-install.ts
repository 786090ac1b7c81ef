/** `helm upgrade --install`: installs what is not there, upgrades what is (Helm 4.3.1, or 3.22.0 by the context). */
import type { Release } from '../release/release.ts';
import { type ActionContext, checkReachable } from './action-context.ts';
import { checkName } from './check-name.ts';
import { type InstallRequest, install } from './install.ts';
import { upgrade } from './upgrade.ts';
import type { UpgradeRequest } from './upgrade-request.ts';

export interface UpgradeInstallRequest
  extends UpgradeRequest,
    Pick<InstallRequest, 'createNamespace' | 'skipCrds'> {
  /** Told when there is no such release, before it is installed. */
  readonly onInstall?: () => void;
}

export interface UpgradeInstallResult {
  readonly release: Release;
  readonly isInstalled: boolean;
}

/**
 * Why `upgrade --install` installs: there is no release, or only an uninstalled one; undefined when it upgrades. As Helm
 * does, it looks at the record that its place names last, and in Secrets revision 9 comes behind 10. Rejects with GoError.
 */
export async function reasonToInstall(
  context: ActionContext,
  name: string,
): Promise<'missing' | 'uninstalled' | undefined> {
  await checkReachable(context);
  checkName(name, 'release name is invalid');
  const last = (await context.storage.history(name, { signal: context.signal })).at(-1);
  if (last === undefined) return 'missing';
  return last.info.status === 'uninstalled' ? 'uninstalled' : undefined;
}

/** Rejects as {@link install} and {@link upgrade} do. */
export async function upgradeInstall(
  context: ActionContext,
  request: UpgradeInstallRequest,
): Promise<UpgradeInstallResult> {
  const reason = await reasonToInstall(context, request.name);
  if (reason === undefined) return { release: await upgrade(context, request), isInstalled: false };
  const { serverSide = 'auto', onInstall, ...rest } = request;
  onInstall?.();
  const release = await install(context, {
    ...rest,
    serverSide: serverSide !== 'false',
    replace: reason === 'uninstalled',
  });
  return { release, isInstalled: true };
}
