import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { local, root } from './places.mjs';
import { ensure } from './needs.mjs';
import { SetupError } from './processes.mjs';
import { stages } from './stages.mjs';

/** Runs one stage and says how many tests passed and failed; a stage that cannot start or tests nothing has failed. */
async function runStage({ name, needs, counts, args, minutes = 30 }) {
  console.log(`\n== ${name}`);
  const resultFile = local('results', `${name}.json`);
  rmSync(resultFile, { force: true });
  try {
    await ensure(needs);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(error.message);
    return { passed: 0, failed: 1 };
  }
  const good = (await exitCode(args, resultFile, minutes)) === 0;
  if (!counts) return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const { passed, failed } = readResult(resultFile);
  const unexplained = failed === 0 && (!good || passed === 0);
  if (unexplained) console.log(`${name} failed as a whole`);
  return { passed, failed: unexplained ? 1 : failed };
}

function exitCode(args, resultFile, minutes) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    timeout: minutes * 60_000,
    env: { ...process.env, TEST_RESULT_FILE: resultFile },
  });
  return new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', resolve);
  });
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `no such stage: ${unknown.join(', ')}; there are ${stages.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
// Ctrl-C reaches the running stage by itself; it ends, and the next must not start.
let interrupted = false;
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => (interrupted = true));

mkdirSync(local('results'), { recursive: true });
const total = { passed: 0, failed: 0 };
const failures = [];
for (const stage of stages) {
  const asked = wanted.length > 0 ? wanted.includes(stage.name) : stage.named !== true;
  if (interrupted || !asked) continue;
  const { passed, failed } = await runStage(stage);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(stage.name);
}
console.log(failures.length > 0 ? `\nfailed: ${failures.join(', ')}` : '');
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || interrupted ? 1 : 0;
