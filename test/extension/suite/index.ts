import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** One line for each test, marked so that it can be told from VS Code's own log. */
class MarkedLines extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('pass', (test) => {
      console.log(`[test] ✔ ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: unknown) => {
      console.log(
        `[test] ✘ ${test.fullTitle()}\n${error instanceof Error ? String(error.stack) : String(error)}`,
      );
    });
  }
}

/**
 * Runs every test beside this file inside the extension host. The outcome also goes to the file that TEST_RESULT_FILE
 * names: VS Code reports success when the extension host dies half-way, so only that file is believed.
 */
export async function run(): Promise<void> {
  const resultFile = process.env.TEST_RESULT_FILE;
  if (resultFile === undefined) throw new Error('TEST_RESULT_FILE does not say where the outcome goes');
  const { passes, failures } = await runMocha().catch((error: unknown) => {
    console.log(`[test] ✘ a test file cannot be loaded\n${String(error)}`);
    throw error;
  });
  writeFileSync(resultFile, JSON.stringify({ passed: passes, failed: failures }));
  if (failures > 0) throw new Error(`${failures} extension tests failed`);
}

function runMocha(): Promise<Mocha.Stats> {
  const mocha = new Mocha({ timeout: 60_000, forbidOnly: true, forbidPending: true, reporter: MarkedLines });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      if (runner.stats !== undefined) resolve(runner.stats);
    });
  });
}
