import { spawn } from 'node:child_process';
import { ensure } from './needs.mjs';
import { packageExtension, vsix } from './package.mjs';
import { root } from './places.mjs';
import { say, SetupError } from './processes.mjs';

try {
  await ensure(['npm', 'debian', 'newest']);
  say('building the extension');
  await packageExtension();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}
const args = ['--import', 'tsx', 'test/demo/demo.ts', vsix, ...process.argv.slice(2)];
const demo = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
// Ctrl-C in a terminal reaches the demo by itself; SIGTERM goes to this process alone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => demo.kill('SIGTERM'));
demo.on('close', (code) => (process.exitCode = code ?? 1));
