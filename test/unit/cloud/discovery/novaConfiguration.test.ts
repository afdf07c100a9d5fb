import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readConfiguration } from '../../../../src/cloud/discovery/novaConfiguration';
import type { FileRead } from '../../../../src/cloud/discovery/readFiles';

const place = { deployment: 'packages', program: 'nova' } as const;
const good: FileRead = {
  path: '/etc/nova/nova.conf',
  state: 'read',
  text: '[api_database]\nconnection = mysql://nova:pass@db/nova_api\n',
};

describe('readConfiguration', () => {
  for (const [state, path, message] of [
    ['unreadable', '/etc/nova/nova.conf.d/1.conf', /sudo -n cat/],
    ['unreadable', '/etc/nova/nova.conf.d/*.conf', /sudo -n ls/],
    ['too-long', '/etc/nova/nova.conf.d/1.conf', /longer/],
    ['odd', '/etc/nova/nova.conf.d/1.conf', /no file/],
  ] as const) {
    it(`uses nothing when ${path} is ${state}, which might override everything`, () => {
      const { problems, ...rest } = readConfiguration(place, [good, { path, state }]);
      assert.deepEqual(rest, { ...place, paths: [good.path, path] });
      assert.equal(problems[0]?.path, path);
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  it('does without files that are absent', () => {
    const { apiDatabase, paths } = readConfiguration(place, [good, { path: '/b', state: 'absent' }]);
    assert.equal(apiDatabase?.address.password, 'pass');
    assert.deepEqual(paths, [good.path]);
  });

  it('keeps the database where Nova could not make a template of its URL', () => {
    const text = '[database]\nconnection = mysql://nova:pa/ss@db/nova\n';
    const { cellDatabase } = readConfiguration(place, [{ ...good, text }]);
    assert.equal(cellDatabase?.address.password, 'pa/ss');
    assert.equal(cellDatabase?.parts, undefined);
  });

  it('never throws, and no problem shows a text of the file', () => {
    const secret = 'Xy7secret';
    const part = fc.constantFrom(
      secret,
      '[',
      ']',
      '=',
      ':',
      '\n',
      ' ',
      '$',
      '{',
      '}',
      '@',
      '/',
      'mysql://',
      'connection',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = `[api_database]\nconnection=${parts.join('')}`;
        const { problems } = readConfiguration(place, [{ ...good, text }]);
        for (const { message } of problems) {
          assert.ok(!message.includes(secret), message);
        }
      }),
    );
  });
});
