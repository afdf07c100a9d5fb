import assert from 'node:assert/strict';
import { parse } from '../../../src/cleanup/parse';
import { purgeDocument } from '../../../src/cleanup/purge';
import { cell1, inputOf, uuid } from './subjects';

const { cloud, cells, id, drafted } = inputOf();
const path = `/var/lib/nova/instances/${uuid}`;
const from = `/var/lib/nova/instances/.openstack-zombies-quarantine/r1/${uuid}`;

const text = purgeDocument({ cloud, cells, id, drafted, runs: ['r1', 'r2'] }, [
  {
    uuid,
    name: 'web-01\n-- @unit',
    places: [
      { host: 'compute-02', path, from, bytes: 2 ** 30, what: 'directory' },
      { host: 'compute-02', path, from: `${from}.domain`, bytes: 0, what: 'copies' },
    ],
  },
]);

function errors(edited: string): number {
  assert.notEqual(edited, text);
  return parse(edited).problems.filter(({ severity }) => severity === 'error').length;
}

describe('a purge plan', () => {
  it('is read without a problem, and purges each place', () => {
    const { problems, header, sections } = parse(text);
    assert.deepEqual(problems, []);
    assert.equal(header?.purpose, 'purge');
    assert.deepEqual(
      sections.flatMap(({ steps }) =>
        steps.map((step) => step.step === 'directory' && [step.then, step.from, step.bytes]),
      ),
      [
        ['purge', from, 2 ** 30],
        ['purge', `${from}.domain`, 0],
      ],
    );
  });

  it('says of all of it that nothing brings it back, and whose way back it ends', () => {
    assert.match(text, /^-- irreversible: all that is deleted, 2 places with 1\.0 GiB$/m);
    assert.match(text, /^-- runs whose way back this ends: r1, r2$/m);
    assert.equal(text.match(/^-- irreversible: /gm)?.length, 3);
  });

  it('holds nothing but purges, and no other plan holds one', () => {
    assert.ok(errors(text.replace('then="purge"', 'then="restore"')) > 0);
    assert.ok(errors(text.replace(/then="purge" from="[^"]*"/, 'then="delete"')) > 0);
    assert.ok(errors(text.replace(/ from="[^"]*"/, '')) > 0);
    assert.ok(errors(text.replace('purpose="purge"', 'purpose="cleanup"')) > 0);
    assert.ok(errors(text.replace('kind="purge"', 'kind="leftover-directory"')) > 0);
    assert.ok(
      errors(`${text}-- @domain host="compute-02" uuid="${uuid}" state="running" then="undefine"\n`) > 0,
    );
    const unit = `-- @unit cell="${cell1}" schema="nova_cell1"\nSTART TRANSACTION;\nSELECT 1 FROM nova_cell1.instances;\nCOMMIT;\n`;
    assert.ok(errors(`${text}${unit}`) > 0);
  });
});
