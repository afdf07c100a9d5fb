import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellAddress, urlParts } from '../../../../src/cloud/discovery/urlParts';
import { OperatorError } from '../../../../src/model/errors';

const own = 'mysql+pymysql://nova:p%40ss@DB.example.org:3307/nova_cell0?charset=utf8';
const origin = 'cells.8f0c6a5e-0000-4000-8000-000000000001';

function refusal(template: string, connection: string): OperatorError {
  try {
    cellAddress(template, urlParts(connection), origin);
  } catch (error) {
    assert.ok(OperatorError.is(error, 'bad-configuration'));
    return error;
  }
  return assert.fail(`${template} was accepted`);
}

describe('urlParts', () => {
  it('keeps a password in no other field, not even one of the arguments', () => {
    assert.deepEqual(urlParts('mysql://nova@db/nova?charset=utf8&passwd=s3cret&a=b'), {
      scheme: 'mysql',
      username: 'nova',
      password: 's3cret',
      hostname: 'db',
      path: 'nova',
      query: 'charset=utf8&a=b',
      fragment: '',
    });
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void urlParts(text)));
    assert.equal(urlParts('nova'), undefined);
  });
});

describe('the address of a cell', () => {
  it('is a template filled from the URL of the controller', () => {
    const template = '{scheme}://{username}:{password}@{hostname}:{port}/nova_cell1?{query}';
    assert.deepEqual(cellAddress(template, urlParts(own), origin), {
      user: 'nova',
      password: 'p@ss',
      host: 'db.example.org',
      port: 3307,
      schema: 'nova_cell1',
      account: 'nova@db.example.org:3307',
    });
    const path = cellAddress('mysql://{username}:{password}@other/{path}', urlParts(own), origin);
    assert.equal(path.account, 'nova@other:3306');
    assert.equal(path.schema, 'nova_cell0');
  });

  it('is the URL itself when that is no template, or none that Nova can fill', () => {
    assert.equal(cellAddress('mysql://a:b@c/d', undefined, origin).account, 'a@c:3306');
    for (const password of ['{', 'a{b', '{nothing}', '{}', '{0}']) {
      assert.equal(cellAddress(`mysql://a:${password}@c/d`, urlParts(own), origin).password, password);
    }
    assert.equal(cellAddress('mysql://a:{{b}}@c/d', urlParts(own), origin).password, '{b}');
  });

  it('says which piece the URL of the controller lacks, and no secret', () => {
    const error = refusal('mysql://{username}:{password}@{hostname}:{port}/x', 'mysql://nova:s3cret@db/nova');
    assert.match(error.message, /\bport\b/);
    assert.ok(!`${error.message}${error.action}`.includes('s3cret'));
    assert.ok(error.action.includes(origin));
    assert.match(
      refusal('mysql://{username}@{hostname}/x', 'sqlite:///nova.db').message,
      /username, hostname/,
    );
  });

  it('needs the configuration of the controller', () => {
    try {
      cellAddress('mysql://{username}@{hostname}/x', undefined, origin);
      assert.fail();
    } catch (error) {
      assert.ok(OperatorError.is(error, 'bad-configuration'));
    }
  });
});
