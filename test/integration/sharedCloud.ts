import { startCloud, type DemoCloud } from '../cloud/demoCloud';

let started: Promise<DemoCloud> | undefined;

/** One demo cloud for all integration tests: each suite that changes it calls `reset()` before. */
export function sharedCloud(): Promise<DemoCloud> {
  started ??= startCloud({ name: 'integration', apis: true });
  return started;
}

after('stop the demo cloud', async function () {
  this.timeout(60_000);
  await (await started)?.stop();
});
