import assert from 'node:assert/strict';
import { readConfigurations } from '../../../src/cloud/readConfigurations';
import { demoSettings } from '../../demo/settings';

describe('the settings of the demo', () => {
  it('are a configuration that the extension reads without complaint, and hold no password', () => {
    const settings = demoSettings({
      database: {
        host: '127.0.0.1',
        port: 13306,
        user: 'nova',
        password: 'not-for-settings',
        apiUrl: 'mysql://nova@127.0.0.1:13306/nova_api',
        placementUrl: 'mysql://nova@127.0.0.1:13306/placement',
      },
      ssh: {
        user: 'root',
        port: 10022,
        keyFile: '/cloud/login',
        knownHostsFile: '/cloud/known_hosts',
        addresses: { 'compute-01': '127.0.1.1' },
      },
      instancesPath: '/var/lib/nova/instances',
      apis: {
        authUrl: 'http://127.0.0.1:15000/v3',
        user: 'admin',
        password: 'not-for-settings',
        cloudsFile: '/cloud/clouds.yaml',
        cloudName: 'openstack-zombies-demo',
      },
    });
    const { clouds, problems } = readConfigurations(settings['openstackZombies.clouds']);
    assert.deepEqual(problems, []);
    assert.equal(clouds.length, 1);
    assert.equal(clouds[0]?.ssh.port, 10022);
    assert.equal(clouds[0].openstack?.cloud, 'openstack-zombies-demo');
    assert.ok(!JSON.stringify(settings).includes('not-for-settings'));
  });
});
