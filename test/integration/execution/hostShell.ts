import assert from 'node:assert/strict';
import type { DemoCloud } from '../../cloud/demoCloud';

/** Runs shell commands on a host of the demo cloud, and gives what they print; what fails is a failure of the test. */
export function shellOn(cloud: () => DemoCloud, host: string): (command: string) => Promise<string> {
  return async (command) => {
    const { code, stdout, stderr } = await cloud().onHost(host, `set -e; ${command}`);
    assert.equal(code, 0, stderr);
    return stdout;
  };
}
