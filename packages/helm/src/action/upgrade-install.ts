/** `helm upgrade --install`: installs what is not there, upgrades what is (Helm 4.3.1, or 3.22.0 by the context). */
import type { Release } from '../release/release.ts';
import { byVersion } from '../release/storage.ts';
import { type ActionContext, checkReachable } from './action-context.ts';
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

/** Rejects as {@link install} and {@link upgrade} do. */
export async function upgradeInstall(
  context: ActionContext,
  request: UpgradeInstallRequest,
): Promise<UpgradeInstallResult> {
  await checkReachable(context);
  const history = byVersion(await context.storage.history(request.name, { signal: context.signal }));
  const last = history.at(-1);
  if (last !== undefined && last.info.status !== 'uninstalled') {
    return { release: await upgrade(context, request), isInstalled: false };
  }
  const { serverSide = 'auto', onInstall, ...rest } = request;
  onInstall?.();
  const release = await install(context, {
    ...rest,
    serverSide: serverSide !== false,
    replace: last !== undefined,
  });
  return { release, isInstalled: true };
}
