import assert from 'node:assert/strict';
import { endpointOf, isOffered, isShared } from '../../../../src/cloud/openstack/catalogue';
import type { OpenStackCloud, ServiceType } from '../../../../src/cloud/openstack/openStackCloud';
import type { Token } from '../../../../src/cloud/openstack/token';

type Listed = readonly [type: string, region: string, kind: string, url: string];

function tokenWith(...endpoints: readonly Listed[]): Token {
  return {
    value: 't',
    expiresAt: 0,
    roles: [],
    ofDomain: false,
    catalogue: endpoints.map(([type, region, kind, url]) => ({
      type,
      endpoints: [{ region, interface: kind, url }],
    })),
  };
}

function find(token: Token, service: ServiceType, own: Partial<OpenStackCloud> = {}): string {
  const cloud: OpenStackCloud = {
    name: 'prod-eu',
    authUrl: 'https://keystone.example',
    login: { by: 'token', secret: 't' },
    interface: 'public',
    services: {},
    tls: { verify: true },
    forceIpv4: false,
    ...own,
  };
  return endpointOf(cloud, token, service);
}

const both = tokenWith(
  ['compute', 'north', 'public', 'https://north.example/v2.1/'],
  ['compute', 'south', 'public', 'https://south.example/v2.1'],
  ['compute', 'south', 'internal', 'http://south.internal:8774/v2.1'],
);

describe('the catalogue', () => {
  it('gives the endpoint of the region and the interface', () => {
    assert.equal(find(both, 'compute', { region: 'north' }), 'https://north.example/v2.1');
    assert.equal(
      find(both, 'compute', { region: 'south', interface: 'internal' }),
      'http://south.internal:8774/v2.1',
    );
  });

  it('never chooses a region', () => {
    assert.throws(() => find(both, 'compute'), /several regions: north, south/);
    assert.equal(find(both, 'compute', { interface: 'internal' }), 'http://south.internal:8774/v2.1');
  });

  it('says what it has when it lacks what is asked for', () => {
    assert.throws(
      () => find(both, 'compute', { region: 'north', interface: 'admin' }),
      /region north, interface admin.*north public, south public, south internal/,
    );
    assert.throws(() => find(both, 'placement', { region: 'north' }), /does not have it/);
  });

  it('yields to the settings, of all or of one service', () => {
    const endpoint = 'http://127.0.0.1:8774/v2.1';
    assert.equal(find(both, 'compute', { services: { compute: { endpoint } } }), endpoint);
    assert.equal(
      find(both, 'compute', {
        region: 'north',
        services: { compute: { region: 'south', interface: 'internal' } },
      }),
      'http://south.internal:8774/v2.1',
    );
  });

  for (const [type, url, found] of [
    ['volumev3', 'http://c.example/v3/8d2f', 'http://c.example/v3/8d2f'],
    ['block-storage', 'http://c.example', 'http://c.example/v3'],
    ['volumev3', 'http://c.example/volume/v3/', 'http://c.example/volume/v3'],
  ] as const) {
    it(`finds block storage as ${type} at ${url}`, () => {
      const token = tokenWith([type, 'one', 'public', url]);
      assert.equal(find(token, 'block-storage'), found);
    });
  }

  it('adds the version that a service needs, and none to Placement', () => {
    const token = tokenWith(
      ['network', 'one', 'public', 'http://n.example:9696/'],
      ['placement', 'one', 'public', 'http://p.example/placement'],
      ['compute', 'one', 'public', 'http://c.example/compute'],
    );
    assert.equal(find(token, 'network'), 'http://n.example:9696/v2.0');
    assert.equal(find(token, 'placement'), 'http://p.example/placement');
    assert.equal(find(token, 'compute'), 'http://c.example/compute/v2.1');
  });

  it('gives nothing that is no address of HTTP', () => {
    const token = tokenWith(['compute', 'one', 'public', 'file:///etc/passwd']);
    assert.throws(() => find(token, 'compute'), /not an http or https address/);
  });

  it('knows what the cloud has', () => {
    const cloud = { services: { placement: { endpoint: 'http://p.example' } } } as unknown as OpenStackCloud;
    const offers = (service: ServiceType): boolean => isOffered(cloud, both, service);
    assert.deepEqual((['compute', 'placement', 'network'] as const).map(offers), [true, true, false]);
  });

  describe('knows a service that the Nova of another region uses too', () => {
    const cloud = { services: {}, interface: 'public', region: 'one' } as unknown as OpenStackCloud;
    const nova: Listed = ['compute', 'one', 'public', 'http://c.example'];
    const novas: readonly Listed[] = [nova, ['compute', 'two', 'public', 'http://c.two.example']];
    const own: Listed = ['network', 'one', 'public', 'http://n.example/'];
    const isSharedWith = (...endpoints: readonly Listed[]): boolean =>
      isShared(cloud, tokenWith(...endpoints), 'network');

    it('which has none of its own, or the same', () => {
      assert.equal(isSharedWith(...novas, own), true);
      assert.equal(isSharedWith(...novas, own, ['network', 'two', 'public', 'http://n.example']), true);
      const ofOne = { network: { region: 'two' } };
      const token = tokenWith(...novas, ['network', 'two', 'public', 'http://n.example']);
      assert.equal(isShared({ ...cloud, services: ofOne }, token, 'network'), true);
    });

    it('and one that is its own', () => {
      assert.equal(isSharedWith(...novas, own, ['network', 'two', 'public', 'http://n.two.example']), false);
      assert.equal(isSharedWith(nova, own), false);
      assert.equal(isSharedWith(nova, own, ['network', 'two', 'public', 'http://n.example/']), false);
    });
  });
});
