import assert from 'node:assert/strict';
import { agree, readOffered, versionHeaders, versionUrl } from '../../../../src/cloud/openstack/microversion';

describe('microversions', () => {
  it('are those of the version documents of the services', () => {
    const nova = { version: { id: 'v2.1', version: '2.93', min_version: '2.1' } };
    const cinder = { versions: [{ id: 'v3.0', version: '3.70', min_version: '3.0' }] };
    const placement = { versions: [{ id: 'v1.0', max_version: '1.39', min_version: '1.0' }] };
    assert.deepEqual(readOffered(nova, 'x'), { least: '2.1', most: '2.93' });
    assert.deepEqual(readOffered(cinder, 'x'), { least: '3.0', most: '3.70' });
    assert.deepEqual(readOffered(placement, 'x'), { least: '1.0', most: '1.39' });
  });

  it('are none where the document has none', () => {
    assert.equal(readOffered({ version: { id: 'v2.0', version: '', min_version: '' } }, 'x'), undefined);
    assert.throws(() => readOffered({ hello: 1 }, 'compute GET /'), /compute GET \/: versions/);
  });

  for (const [least, most, from, to, agreed] of [
    ['2.1', '2.68', '2.1', '2.93', '2.68'],
    ['2.1', '2.68', '2.1', '2.9', '2.9'],
    ['2.69', '2.72', '2.1', '2.100', '2.72'],
    ['2.69', '2.72', '2.1', '2.60', undefined],
    ['2.1', '2.68', '2.70', '2.99', undefined],
    ['3.27', '3.27', '3.0', '3.70', '3.27'],
  ] as const) {
    it(`${least} - ${most} and ${from} - ${to} make ${agreed ?? 'none'}`, () => {
      const together = (): string | undefined => agree('compute', { least, most }, { least: from, most: to });
      if (agreed === undefined) assert.throws(together, { code: 'unsupported' });
      else assert.equal(together(), agreed);
    });
  }

  it('are not needed for what the first version has', () => {
    assert.equal(agree('compute', { least: '2.1', most: '2.68' }, undefined), undefined);
    assert.throws(() => agree('compute', { least: '2.21', most: '2.57' }, undefined), /none/);
  });

  it('are sent under the name that each service knows', () => {
    assert.deepEqual(versionHeaders('block-storage', '3.27'), { 'OpenStack-API-Version': 'volume 3.27' });
    assert.deepEqual(versionHeaders('network', '2.0'), {});
    assert.deepEqual(versionHeaders('baremetal', '1.52'), {
      'OpenStack-API-Version': 'baremetal 1.52',
      'X-OpenStack-Ironic-API-Version': '1.52',
    });
    assert.deepEqual(versionHeaders('compute', undefined), {});
  });

  for (const [service, endpoint, url] of [
    ['compute', 'http://n.example:8774/v2.1', 'http://n.example:8774/v2.1/'],
    ['compute', 'http://n.example/compute/v2.1/8d2f', 'http://n.example/compute/v2.1/'],
    ['block-storage', 'http://c.example/v3/8d2f', 'http://c.example/v3/'],
    ['placement', 'http://p.example/placement', 'http://p.example/placement/'],
    ['baremetal', 'http://i.example:6385/v1', 'http://i.example:6385/'],
    ['baremetal', 'http://i.example/baremetal', 'http://i.example/baremetal/'],
  ] as const) {
    it(`are looked up for ${endpoint} at ${url}`, () => {
      assert.equal(versionUrl(service, endpoint), url);
    });
  }
});
