import assert from 'node:assert/strict';
import { lookUp } from '../../../src/app/engine/lookUp';
import type { LookUpReport } from '../../../src/app/api';
import type { Sign } from '../../../src/model/sign';
import type { DemoCloud } from '../../cloud/demoCloud';
import { accessTo, options } from '../evidence/accessTo';
import { attachment, port, ScriptedServices, volume } from '../evidence/scriptedServices';
import { sharedCloud } from '../sharedCloud';

const device = '8f0c6a5e-0000-4000-8000-000000000001';
const volumeId = '8f0c6a5e-0000-4000-8000-000000000002';
const nobody = '8f0c6a5e-0000-4000-8000-000000000003';

describe('looking up what no database mentions', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let services: ScriptedServices;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });
  beforeEach(async () => {
    services = await ScriptedServices.start();
    await services.fit(cloud);
    services.ports.push(port('a', device));
    services.volumes.push(volume(volumeId, 'available'));
    services.attachments.push(attachment('a', device, 'v'));
  });
  afterEach(() => services.stop());

  async function look(signs: readonly Sign[], ...terms: readonly string[]): Promise<LookUpReport> {
    const wanted = { ...options, signs: new Set(signs), onlyHosts: [] };
    return (await lookUp(services.behind(accessTo(cloud)), terms, wanted)).report;
  }

  it('finds what a service knows by its UUID', async () => {
    const terms = [device.toUpperCase(), volumeId, nobody, 'no-such-name'];
    const { found, notFound } = await look(['port-of-none', 'attachment-of-none'], ...terms);
    assert.deepEqual(
      found.map(({ term, uuid }) => [term, uuid]),
      [
        [device.toUpperCase(), device],
        [volumeId, volumeId],
      ],
    );
    assert.deepEqual(notFound, [nobody, 'no-such-name']);
  });

  it('finds nothing of a service that is no source', async () => {
    assert.deepEqual((await look([], device)).notFound, [device]);
  });
});
