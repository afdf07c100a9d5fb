import assert from 'node:assert/strict';
import { join } from 'node:path';
import { urlParts } from '../../../../src/cloud/discovery/urlParts';
import { must } from '../../../cloud/run';
import { root } from '../../../setup/places.mjs';

const urls = [
  'mysql+pymysql://nova:p%40ss@10.0.0.5:3306/nova?charset=utf8',
  'mysql://nova:secret@db/nova_cell0',
  'MYSQL://Nova:Secret@DB.Example.ORG:3306/Nova',
  'mysql+pymysql://nova:a:b@db:3306/nova?ssl_ca=/etc/ssl/ca.pem&ssl_cert=/c.pem&ssl_key=/k.pem',
  'mysql://nova:a@b@db/nova',
  'mysql://nova:se/cret@db/nova',
  'mysql://nova:se#cret@db/nova',
  'mysql://nova:se?cret@db/nova',
  'mysql://nova:@db/nova',
  'mysql://nova@db/nova',
  'mysql://:secret@db/nova',
  'mysql://db/nova',
  'mysql://@db/nova',
  'mysql://nova:a@[fd00::5]:3306/nova',
  'mysql://nova:a@[FD00::5]/nova',
  'mysql://nova:a@/nova?unix_socket=/run/mysqld/mysqld.sock',
  'mysql://nova:a@db:3306',
  'mysql://nova:a@db:3306/',
  'mysql://nova:a@db:3306//nova',
  'mysql://nova:a@db:3306/nova?a=b?c#d?e#f',
  'mysql://nova:a@db?charset=utf8',
  'sqlite:///nova.db',
  'sqlite:////var/lib/nova/nova.db',
];
const pieces = ['scheme', 'username', 'password', 'hostname', 'port', 'path', 'query', 'fragment'] as const;

describe('the pieces of a URL', () => {
  it('are those of Python', async () => {
    const script = join(root, 'test/integration/cloud/discovery/urlReferee.py');
    const pairs = urls.flatMap((url) => pieces.map((piece) => [`{${piece}}`, url]));
    const said = JSON.parse(await must('/usr/bin/python3', [script], JSON.stringify(pairs))) as (
      string | null
    )[];
    urls.forEach((url, row) => {
      const parts = urlParts(url);
      const failed = said
        .slice(row * pieces.length, (row + 1) * pieces.length)
        .every((text) => text === null);
      assert.equal(parts === undefined, failed, url);
      if (failed) return;
      pieces.forEach((piece, column) => {
        // Python writes None where there is nothing
        assert.equal(parts?.[piece] ?? 'None', said[row * pieces.length + column], `${piece} of ${url}`);
      });
    });
  });
});
