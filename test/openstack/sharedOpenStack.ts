import { startOpenStack, type OpenStack } from './openstack';

let started: Promise<OpenStack> | undefined;

/**
 * One OpenStack for all tests of the suite, started by the first that asks. Whoever breaks something in it mends it, and
 * nobody counts what others may have made.
 */
export function sharedOpenStack(): Promise<OpenStack> {
  started ??= startOpenStack({
    name: 'suite',
    say: (message) => {
      console.log(`  openstack: ${message}`);
    },
  });
  return started;
}

after('stop the OpenStack', async function () {
  this.timeout(120_000);
  await (await started?.catch(() => undefined))?.stop();
});
