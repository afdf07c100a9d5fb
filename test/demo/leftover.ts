import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { local } from '../setup/places.mjs';

const pidFile = local('demo', 'vscode.pid');

/** Notes the server's process group, for a next start after this one was killed. */
export function remember(pid: number): void {
  mkdirSync(local('demo'), { recursive: true });
  writeFileSync(pidFile, String(pid));
}

/** Ends the server of an earlier demo that could not stop it; only when that process is still this folder's server. */
export function endLeftover(): void {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (commandLine.includes(local('demo', 'vscode'))) process.kill(-pid, 'SIGTERM');
  } catch {
    // nothing is left
  }
}
