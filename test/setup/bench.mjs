import { spawn } from 'node:child_process';
import { ensure } from './needs.mjs';
import { root } from './places.mjs';
import { SetupError } from './processes.mjs';

try {
  await ensure(['npm', 'debian']);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}
const args = ['--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)];
const bench = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
// Ctrl-C in a terminal reaches the bench by itself; SIGTERM goes to this process alone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => bench.kill('SIGTERM'));
bench.on('close', (code) => (process.exitCode = code ?? 1));
