import * as vscode from 'vscode';
import type { ScanOptions } from '../../app/api';
import type { Handler, Parts } from '../parts';
import type { CloudBranch } from '../tree/cloudBranch';
import { HostElement } from '../tree/placeElements';
import { chooseBranch, elements } from './targets';

export function scanCloud(parts: Parts): Handler {
  return async (...args) => {
    await scan(parts, await chooseBranch(parts, args));
  };
}

export function scanHost(parts: Parts): Handler {
  return async (...args) => {
    const hosts = elements(HostElement, args);
    for (const branch of new Set(hosts.map((host) => host.branch))) {
      await scan(parts, branch, {
        hosts: hosts.filter((host) => host.branch === branch).map(({ host }) => host),
      });
    }
  };
}

export function stopScan(parts: Parts): Handler {
  return async (...args) => {
    (await chooseBranch(parts, args)).scanning?.abort();
  };
}

/** Scans every cloud, side by side; each says for itself what went wrong. */
export function refresh(parts: Parts): Handler {
  return async () => {
    const scans = await Promise.allSettled(parts.tree.branches.map((branch) => scan(parts, branch)));
    for (const outcome of scans) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  };
}

/** Does nothing while the cloud is being scanned. */
export async function scan(
  { zombies, tree }: Parts,
  branch: CloudBranch,
  options: ScanOptions = {},
): Promise<void> {
  if (branch.scanning) {
    return;
  }
  const scanning = new AbortController();
  tree.setScanning(branch.name, scanning);
  try {
    await vscode.window.withProgress({ location: { viewId: 'openstackZombies.clouds' } }, () =>
      zombies.scan(branch.name, {
        ...options,
        signal: scanning.signal,
        onSource: (progress) => {
          tree.setProgress(branch.name, progress);
        },
      }),
    );
  } finally {
    tree.setScanning(branch.name, undefined);
  }
}
