import assert from 'node:assert/strict';
import type { ResolvedCloud } from '../../../../src/cloud/openstack/cloudsYaml/resolvedCloud';
import { fromCloudsYaml, secretOf } from '../../../../src/cloud/openstack/fromCloudsYaml';

function resolved(own: Partial<ResolvedCloud>): ResolvedCloud {
  return {
    name: 'prod-eu',
    authType: 'password',
    authUrl: 'https://keystone.example/v3',
    auth: {},
    secrets: {},
    interface: 'internal',
    verify: true,
    forceIpv4: false,
    endpointOverrides: {},
    interfaces: {},
    regions: {},
    apiVersions: {},
    ...own,
  };
}

describe('a cloud of clouds.yaml', () => {
  it('logs in by names and domains', () => {
    const auth = {
      username: 'admin',
      user_domain_name: 'Users',
      project_name: 'ops',
      project_domain_id: '4f2a',
    };
    const cloud = fromCloudsYaml(resolved({ auth }), 'shh');
    assert.deepEqual(cloud.login, {
      by: 'password',
      user: { name: 'admin', domain: { name: 'Users' } },
      secret: 'shh',
    });
    assert.deepEqual(cloud.scope, { to: 'project', project: { name: 'ops', domain: { id: '4f2a' } } });
    assert.equal(cloud.interface, 'internal');
  });

  it('logs in by ids, which need no domain', () => {
    const cloud = fromCloudsYaml(resolved({ auth: { user_id: 'u', project_id: 'p' } }), 'shh');
    assert.deepEqual(cloud.login, { by: 'password', user: { id: 'u' }, secret: 'shh' });
    assert.deepEqual(cloud.scope, { to: 'project', project: { id: 'p' } });
  });

  it('takes the default domain where none is named', () => {
    const auth = { username: 'admin', project_name: 'ops' };
    const domainOf = (more: object): unknown => {
      const { scope } = fromCloudsYaml(resolved({ auth: { ...auth, ...more } }), 'shh');
      return scope?.to === 'project' && 'domain' in scope.project ? scope.project.domain : undefined;
    };
    assert.deepEqual(domainOf({ default_domain_name: 'Corp' }), { name: 'Corp' });
    assert.deepEqual(domainOf({}), { id: 'default' });
  });

  it('logs in by application credential, by id or by the name of its user', () => {
    const authType = 'v3applicationcredential';
    const byId = fromCloudsYaml(resolved({ authType, auth: { application_credential_id: 'c' } }), 'shh');
    assert.deepEqual(byId.login, { by: 'application-credential', credential: { id: 'c' }, secret: 'shh' });
    const auth = { application_credential_name: 'n', username: 'admin', user_domain_id: 'd' };
    const byName = fromCloudsYaml(resolved({ authType, auth }), 'shh');
    assert.deepEqual(byName.login, {
      by: 'application-credential',
      credential: { name: 'n', user: { name: 'admin', domain: { id: 'd' } } },
      secret: 'shh',
    });
  });

  for (const [auth, scope] of [
    [{ system_scope: 'all' }, { to: 'system' }],
    [{ trust_id: 't' }, { to: 'trust', id: 't' }],
    [{ domain_name: 'd' }, { to: 'domain', domain: { name: 'd' } }],
    [{}, undefined],
  ] as const) {
    it(`with ${JSON.stringify(auth)} has the scope ${JSON.stringify(scope)}`, () => {
      assert.deepEqual(fromCloudsYaml(resolved({ authType: 'v3token', auth }), 'tok').scope, scope);
    });
  }

  it('is for one thing at a time', () => {
    const auth = { project_id: 'p', domain_id: 'd' };
    assert.throws(() => fromCloudsYaml(resolved({ auth }), 'shh'), { code: 'bad-configuration' });
  });

  it('has its own places for single services', () => {
    const cloud = fromCloudsYaml(
      resolved({
        endpointOverrides: { compute: 'http://n.example/v2.1', block_storage: 'http://c.example/v3' },
        interfaces: { network: 'admin', compute: 'public' },
        regions: { volumev3: 'south' },
      }),
      'shh',
    );
    assert.deepEqual(cloud.services, {
      compute: { endpoint: 'http://n.example/v2.1', interface: 'public' },
      'block-storage': { endpoint: 'http://c.example/v3', region: 'south' },
      network: { interface: 'admin' },
    });
  });

  it('keeps what belongs to the connection', () => {
    const files = { caFile: '/ca', certFile: '/cert', keyFile: '/key', verify: false };
    const cloud = fromCloudsYaml(
      resolved({ ...files, forceIpv4: true, apiTimeoutSeconds: 30, region: 'one' }),
      'shh',
    );
    assert.deepEqual(cloud.tls, files);
    assert.deepEqual([cloud.forceIpv4, cloud.answerMs, cloud.region], [true, 30_000, 'one']);
  });

  it('holds a secret, or the operator has to be asked', () => {
    assert.equal(secretOf(resolved({ secrets: { password: 'a', token: 'b' } })), 'a');
    assert.equal(secretOf(resolved({ authType: 'token', secrets: { password: 'a', token: 'b' } })), 'b');
    assert.equal(secretOf(resolved({ authType: 'v3applicationcredential', secrets: {} })), undefined);
  });
});
