import assert from 'node:assert/strict';
import { parseHost, type HostContent } from '../../../src/evidence/hostReport';
import { loadXmlParser } from '../../../src/evidence/domainXml';
import { hostScript } from '../../../src/evidence/hostScript';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';

const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
const nonce = '5d1c9a7e0f3b42868d2a6c01b9e7f4a3';
/** libvirt's test driver, which anybody may use: it has one domain to begin with */
const libvirtUri = 'test:///default';
const path = "/run/in stances' -";

/** The script itself, on the host without guests. */
before(loadXmlParser);

describe('the script that asks a host', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;

  const must = async (command: string): Promise<string> => {
    const { code, stdout, stderr } = await cloud.onHost('compute-05', command);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  const ask = async (shell: string): Promise<HostContent> => {
    const asked = new Date();
    const stdout = await must(`cd / && ${shell} /run/ask.sh ${quoted(path)} ${libvirtUri} ${nonce}`);
    const nodes = [{ hypervisorHostname: 'compute-05', uuid: null }];
    const expected = { host: 'compute-05', address: '127.0.1.5', nodes, libvirtUri };
    return parseHost(stdout, nonce, expected, { asked, answered: new Date() });
  };

  before(async () => {
    cloud = await sharedCloud();
    await must(`printf '%s' ${quoted(hostScript)} > /run/ask.sh`);
  });
  beforeEach(() => must(`mkdir -p ${quoted(`${path}/${uuid}`)} && chmod 755 /run ${quoted(path)}`));
  afterEach(() => must(`rm -rf ${quoted(path)}`));

  for (const shell of ['dash', 'bash']) {
    it(`is understood by ${shell}, whatever the files are called`, async () => {
      const odd = `${path}/${uuid}/new\nline 'quote' "${nonce} end" \\ $(reboot) *`;
      await must(`truncate -s 5000000000 ${quoted(odd)} && cd ${quoted(path)} && ln -s /etc ${uuid}_resize &&
        mkdir -p _base/${uuid} ${quoted(`_base\n${uuid}`)}`);
      const { domains, directories } = await ask(shell);
      assert.deepEqual(directories.map(({ suffix, bytes }) => [suffix, bytes]).sort(), [
        ['', 5_000_000_000],
        ['_resize', 0],
      ]);
      assert.deepEqual(
        domains.map(({ name, state, disks }) => [name, state, disks]),
        [['test', 'running', ['/guest/diskimage1']]],
      );
    });
  }

  it('says it when the user may not read the instances path, or a directory in it', async () => {
    const nobody = 'setpriv --reuid nobody --regid nogroup --clear-groups env HOME=/nonexistent sh';
    const denied = (error: unknown): boolean => OperatorError.is(error, 'permission-denied');
    assert.equal((await ask(nobody)).directories.length, 1);
    await must(`chmod 700 ${quoted(`${path}/${uuid}`)}`);
    await assert.rejects(ask(nobody), denied);
    await must(`chmod 700 ${quoted(path)}`);
    await assert.rejects(ask(nobody), denied);
  });
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
