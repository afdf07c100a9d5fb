import { spawn } from 'node:child_process';
import { ensure } from './needs.mjs';
import { root } from './places.mjs';
import { SetupError } from './processes.mjs';

try {
  await ensure(['npm', 'openstack']);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}
const args = ['--import', 'tsx', 'test/openstack/main.ts', ...process.argv.slice(2)];
const cloud = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
// Ctrl-C in a terminal reaches it by itself; SIGTERM goes to this process alone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => cloud.kill('SIGTERM'));
cloud.on('close', (code) => (process.exitCode = code ?? 1));
