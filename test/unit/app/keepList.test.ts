import assert from 'node:assert/strict';
import { expiryOf } from '../../../src/app/keepExpiry';
import { readKeepFile, writeKeepFile } from '../../../src/app/keepFile';
import { KeepList } from '../../../src/app/keepList';
import { OperatorError } from '../../../src/model/errors';
import { memoryState } from '../../memoryState';
import { suspect, uuid } from '../vscode/suspects';

const cloud = 'demo';
const day = 24 * 60 * 60_000;
const made = new Date('2026-11-23T10:00:00.000Z');
const said = { reason: 'the owner is on it', author: 'anna' };

describe('the keep list', () => {
  let now: Date;
  let state: ReturnType<typeof memoryState>;
  let list: KeepList;

  beforeEach(() => {
    now = made;
    state = memoryState();
    list = new KeepList(state, { now: () => now });
  });

  it('has what was put in, with its reason, its author and its time', async () => {
    await list.add(cloud, [{ scope: 'host', id: 'compute-01', ...said }]);
    assert.deepEqual(list.of(cloud), [
      { scope: 'host', id: 'compute-01', ...said, since: made.toISOString(), expired: false },
    ]);
    assert.deepEqual(list.of('another'), []);
  });

  it('outlives the window', async () => {
    await list.add(cloud, [{ scope: 'project', id: '7e3a', ...said }]);
    assert.equal(new KeepList(state, { now: () => now }).inForce(cloud).length, 1);
  });

  it('counts an entry until it expires, and says then that it has', async () => {
    const expires = new Date(made.getTime() + day).toISOString();
    await list.add(cloud, [{ scope: 'instance', id: uuid(1), expires, ...said }]);
    now = new Date(made.getTime() + day - 1);
    assert.equal(list.inForce(cloud).length, 1);
    now = new Date(made.getTime() + day);
    assert.deepEqual(list.inForce(cloud), []);
    assert.deepEqual(
      list.of(cloud).map(({ id, expired }) => [id, expired]),
      [[uuid(1), true]],
    );
    assert.equal(list.judge(cloud)(suspect()), undefined);
  });

  it('ends one entry and leaves the others', async () => {
    await list.add(cloud, [
      { scope: 'host', id: 'x', ...said },
      { scope: 'project', id: 'x', ...said },
    ]);
    await list.end(cloud, { scope: 'host', id: 'x' });
    assert.deepEqual(
      list.of(cloud).map(({ scope }) => scope),
      ['project'],
    );
  });

  it('reads what earlier versions ignored, and goes on from there', async () => {
    const since = '2026-01-01T00:00:00.000Z';
    await state.update('openstackZombies.ignored/demo', [
      { uuid: uuid(1), name: 'web-01', reason: 'asked to wait', since },
    ]);
    assert.deepEqual(list.of(cloud), [
      {
        scope: 'instance',
        id: uuid(1),
        name: 'web-01',
        reason: 'asked to wait',
        author: 'somebody',
        since,
        expired: false,
      },
    ]);
    await list.add(cloud, [{ scope: 'host', id: 'compute-01', ...said }]);
    await list.end(cloud, { scope: 'instance', id: uuid(1) });
    assert.deepEqual(
      list.of(cloud).map(({ id }) => id),
      ['compute-01'],
      'an end is an end: the old entry does not come back',
    );
  });

  it('knows what keeps a suspect: itself, its project, any host that has something of it', async () => {
    const directories = [
      {
        host: 'compute-03',
        uuid: uuid(1),
        suffix: '' as const,
        path: '/x',
        bytes: 1,
        modifiedAt: made.toISOString(),
      },
    ];
    const evidence = [{ source: 'host:compute-02', text: '', at: made.toISOString() }];
    const one = suspect({ evidence, remedy: { ...suspect().remedy, directories } });
    const keptBy = async (scope: 'instance' | 'host' | 'project', id: string): Promise<boolean> => {
      list = new KeepList(memoryState(), { now: () => now });
      await list.add(cloud, [{ scope, id, ...said }]);
      return list.judge(cloud)(one) !== undefined;
    };
    for (const host of ['compute-01', 'compute-02', 'compute-03']) assert.ok(await keptBy('host', host));
    assert.ok(await keptBy('instance', uuid(1)));
    assert.ok(await keptBy('project', '7e3a'));
    assert.ok(!(await keptBy('host', 'compute-04')));
    assert.ok(!(await keptBy('instance', uuid(2))));
    assert.ok(!(await keptBy('project', uuid(1))));
  });
});

describe('a keep list as a document', () => {
  const entry = {
    scope: 'instance' as const,
    id: uuid(1),
    name: 'a"\u202e',
    ...said,
    since: made.toISOString(),
    expires: '2026-12-01T00:00:00.000Z',
  };

  it('is read back as it was written', () => {
    const host = { scope: 'host' as const, id: 'compute-01', ...said, since: made.toISOString() };
    const text = writeKeepFile(cloud, [
      { ...entry, expired: false },
      { ...host, expired: false },
    ]);
    assert.deepEqual(readKeepFile(text), [entry, host]);
  });

  it('is refused as a whole when anything of it is wrong, and says what', () => {
    const written = (changes: object): string =>
      JSON.stringify({
        format: 'openstack-zombies-keep-list',
        version: 1,
        keeps: [entry, { ...entry, ...changes }],
      });
    const wrong: [string, RegExp][] = [
      ['{', /no JSON/],
      ['[]', /no keep list/],
      [JSON.stringify({ format: 'openstack-zombies-keep-list', version: 2, keeps: [] }), /version 1/],
      [written({ scope: 'cell' }), /Entry 2: its scope/],
      [written({ id: 'web-01' }), /Entry 2: "web-01" is no UUID/],
      [written({ reason: ' ' }), /Entry 2 has no reason/],
      [written({ expires: 'tomorrow' }), /Entry 2: expires is no time/],
      [written({ since: 5 }), /Entry 2 has no since/],
    ];
    for (const [text, message] of wrong) {
      assert.throws(
        () => readKeepFile(text),
        (error) => OperatorError.is(error, 'bad-configuration') && message.test(error.message),
        text,
      );
    }
  });

  it('never takes the place of what was marked later here', async () => {
    const list = new KeepList(memoryState(), { now: () => made });
    await list.add(cloud, [{ scope: 'instance', id: uuid(1), ...said, reason: 'mine' }]);
    await list.add(cloud, [{ ...entry, since: '2026-11-22T10:00:00.000Z', reason: 'older' }]);
    assert.equal(list.of(cloud)[0]?.reason, 'mine');
    await list.add(cloud, [{ ...entry, since: '2026-11-24T10:00:00.000Z', reason: 'newer' }]);
    assert.deepEqual(
      list.of(cloud).map(({ reason }) => reason),
      ['newer'],
    );
  });
});

describe('the end of keeping, as it is typed', () => {
  it('is nothing, a number of days, or a day to its end', () => {
    assert.deepEqual(expiryOf(' ', made), {});
    assert.deepEqual(expiryOf('7', made), { expires: '2026-11-30T10:00:00.000Z' });
    const { expires = '' } = expiryOf('2026-12-31', made) ?? {};
    const end = new Date(expires);
    assert.deepEqual([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()], [2026, 11, 31, 23]);
  });

  it('is none of what is over, and of what is no day', () => {
    for (const text of ['0', '-1', '2026-11-22', '2026-02-30', '2027-13-01', 'soon', '123456']) {
      assert.equal(expiryOf(text, made), null, text);
    }
  });
});
