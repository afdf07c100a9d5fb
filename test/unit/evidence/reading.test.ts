import fc from 'fast-check';
import assert from 'node:assert/strict';
import { masked } from '../../../src/evidence/masks';
import { addressesIn, parseNetworkInfo } from '../../../src/evidence/networkInfo';
import { sideBySide } from '../../../src/evidence/sideBySide';
import { termOf } from '../../../src/evidence/terms';
import { integerOf, timeOf } from '../../../src/evidence/values';

describe('cached network info', () => {
  const vif = {
    id: '8d3b2c1a-0000-4000-8000-000000000001',
    network: {
      subnets: [
        { ips: [{ address: '172.20.69.12', floating_ips: [{ address: '192.0.2.7' }] }] },
        { ips: [{ address: 'fd00::12' }] },
      ],
    },
  };

  it('has the ports with their fixed IPs, and no floating ones', () => {
    assert.deepEqual(parseNetworkInfo(JSON.stringify([vif])), [
      { id: vif.id, addresses: ['172.20.69.12', 'fd00::12'] },
    ]);
    assert.deepEqual(addressesIn(JSON.stringify([{ network: vif.network }])), ['172.20.69.12', 'fd00::12']);
  });

  it('tells the ports that Nova made from those that may be their owner’s', () => {
    const made = [false, true, null].map((flag) => ({ ...vif, preserve_on_delete: flag }));
    assert.deepEqual(
      parseNetworkInfo(JSON.stringify(made)).map(({ madeByNova }) => madeByNova),
      [true, undefined, undefined],
    );
  });

  it('has none when it is empty, broken, or of another shape', () => {
    for (const json of [
      null,
      '',
      '[]',
      '{}',
      'null',
      '[null, 1, {"network": 5}, {"id": 7}]',
      JSON.stringify([vif]).slice(0, -1),
    ]) {
      assert.deepEqual(parseNetworkInfo(json), [], String(json));
    }
  });

  it('never makes the reading fail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (json) => {
        parseNetworkInfo(json);
        addressesIn(json);
      }),
    );
  });
});

describe('a term to look up', () => {
  const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';

  it('is a UUID in any case, an address in any spelling, or else a name to the letter', () => {
    assert.deepEqual(termOf(` ${uuid.toUpperCase()}\n`), { kind: 'uuid', value: uuid });
    assert.deepEqual(termOf('172.20.69.12'), { kind: 'address', value: '172.20.69.12' });
    assert.deepEqual(termOf('FD00:0:0::0012'), { kind: 'address', value: 'fd00::12' });
    assert.deepEqual(termOf(' web 01 '), { kind: 'name', value: ' web 01 ' });
    assert.equal(termOf('fe80::1%eth0').value, 'fe80::1%eth0');
  });

  it('is some term, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4()), (text) => termOf(text).kind.length > 0),
    );
  });
});

describe('a value that is shown', () => {
  it('is hidden where the column holds credentials', () => {
    for (const column of [
      'connection_info',
      'user_data',
      'key_data',
      'transport_url',
      'database_connection',
    ]) {
      assert.equal(masked('any', column, 'hunter2', {}), '(hidden, 7 characters)', column);
    }
    assert.equal(masked('build_requests', 'instance', '{}', {}), '(hidden, 2 characters)');
    assert.equal(masked('console_auth_tokens', 'token_hash', 'ab', {}), '(hidden, 2 characters)');
  });

  it('is hidden where the key of the metadata says password', () => {
    assert.equal(
      masked('instance_system_metadata', 'value', 'x', { key: 'password_0' }),
      '(hidden, 1 characters)',
    );
    assert.equal(masked('instance_metadata', 'value', 'x', { key: 'ADMIN_PASS' }), '(hidden, 1 characters)');
    assert.equal(masked('instance_system_metadata', 'value', 'x', { key: 'image_os' }), 'x');
  });

  it('says that there is none where there is none', () => {
    assert.equal(masked('any', 'connection_info', null, {}), null);
    assert.equal(masked('any', 'user_data', '', {}), '');
  });
});

describe('a value of a row', () => {
  it('is a time in UTC, or none', () => {
    assert.equal(timeOf('2026-11-23 10:31:07'), '2026-11-23T10:31:07Z');
    assert.equal(timeOf('2026-11-23 10:31:07.250000'), '2026-11-23T10:31:07.250000Z');
    assert.equal(timeOf('0000-00-00 00:00:00'), null);
    assert.equal(timeOf(null), null);
  });

  it('is 0 for an integer that is NULL', () => {
    assert.deepEqual([integerOf(null), integerOf('7'), integerOf(7)], [0, 7, 7]);
  });
});

describe('working side by side', () => {
  it('keeps to the limit and to the order', async () => {
    let running = 0;
    let most = 0;
    const results = await sideBySide([30, 1, 20, 2, 10, 3], 2, async (turns) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < turns; turn++) {
        await Promise.resolve();
      }
      running -= 1;
      return turns * 2;
    });
    assert.deepEqual([most, results], [2, [60, 2, 40, 4, 20, 6]]);
  });

  it('goes on with the others while one hangs', async () => {
    const done: number[] = [];
    let release = (): void => undefined;
    const hang = new Promise<void>((resolve) => (release = resolve));
    const all = sideBySide([0, 1, 2, 3, 4], 2, async (item) => {
      await (item === 0 ? hang : Promise.resolve());
      done.push(item);
      if (item === 4) {
        release();
      }
    });
    await all;
    assert.deepEqual(done, [1, 2, 3, 4, 0]);
  });
});
