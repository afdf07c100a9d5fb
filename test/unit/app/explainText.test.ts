import assert from 'node:assert/strict';
import { explainText } from '../../../src/app/engine/explainText';
import type { Depth, Remedy } from '../../../src/model/suspect';
import { judgeAll } from '../../../src/zombies/judge';
import { kindTitle } from '../../../src/zombies/kindTitle';
import { kinds } from '../../../src/zombies/kinds';
import { suspect } from '../vscode/suspects';
import { domain, dossier, row, scene } from '../zombies/build';
import { specimens } from '../zombies/specimens';

const explained = (changes: Parameters<typeof suspect>[0]): string =>
  explainText(suspect(changes), kinds, (id) => id);

describe('a suspect explained', () => {
  for (const specimen of specimens) {
    it(`says of ${specimen.kind.id} what it is, and of each trap whether it holds`, () => {
      const found = judgeAll(specimen.dossier, scene(specimen.scene), kinds) ?? assert.fail();
      const text = explainText(found, kinds, (id) => id);
      const { signal, causes, fixes } = specimen.kind.about();
      for (const line of [signal, causes, fixes, found.why]) assert.ok(text.includes(`  ${line}\n`), line);
      for (const line of [...found.missing, ...found.cleared])
        assert.ok(text.includes(`\n  ${line}\n`), line);
      for (const { title, command = title } of found.ladder) {
        assert.ok(text.includes(title) && text.includes(command), title);
      }
      for (const { when } of specimen.kind.traps()) {
        for (const words of Object.values(when)) assert.ok(text.includes(` if ${words}\n`), words);
      }
    });
  }

  it('says of each depth that may be drafted what it does, and which is the usual one', () => {
    const depths: readonly Depth[] = ['api', 'mark-deleted', 'complete'];
    const remedy: Remedy = {
      wanted: true,
      depth: 'api',
      depths,
      domains: [domain()],
      directories: [],
      manual: [
        { command: 'openstack server delete 1', why: 'Nova deletes it', depths: ['api'] },
        { command: 'openstack port delete 2', why: 'its port', depths: ['mark-deleted', 'complete'] },
      ],
    };
    const parts = explained({ remedy }).split('\nWhat a plan would do: ').slice(1);
    const [api = '', mark = '', complete = ''] = parts;
    assert.match(api, /^By the API \(as it is drafted by default\)\n[^]*openstack server delete 1/);
    assert.doesNotMatch(api, /port delete|its memory is lost/);
    assert.match(mark, /^Mark deleted\n[^]*openstack port delete 2[^]*its memory is lost/);
    assert.match(complete, /^Complete removal\n[^]*its memory is lost/);
    assert.equal(parts.length, depths.length);
  });

  it('says what a repair changes', () => {
    const remedy: Remedy = {
      wanted: false,
      depth: 'repair',
      depths: ['repair'],
      domains: [],
      directories: [],
      manual: [],
      repairs: [{ do: 'end-migration', cell: 'c', id: 31, status: 'running' }, { do: 'queue-mapping' }],
    };
    const text = explained({ remedy });
    assert.match(text, /Migration 31 gets the status error/);
    assert.match(text, /marked as queued for delete/);
    assert.match(text, /needs its typed word/);
  });

  it('offers no choice for what nobody may touch, and says why', () => {
    const remedy: Remedy = {
      wanted: false,
      depth: 'none',
      depths: [],
      domains: [],
      directories: [],
      manual: [],
    };
    assert.match(explained({ verdict: 'unknown', remedy }), /Nothing: no plan is drafted as long as/);
    assert.match(explained({ verdict: 'legitimate', remedy }), /Nothing: this is as it should be/);
  });

  it('has every kind that holds, and no line that a tenant could break', () => {
    const hostile = 'a\nVerdict\u202e';
    const found =
      judgeAll(
        dossier({
          rows: [row({ displayName: hostile, taskState: 'deleting' })],
          domains: [domain('compute-02')],
        }),
        scene(),
        kinds,
      ) ?? assert.fail();
    assert.ok(found.also.length > 0);
    const text = explainText(found, kinds, (id) => id);
    for (const { kind } of [found, ...found.also])
      assert.ok(text.includes(`\n${kindTitle(kind).toUpperCase()}\n`), kind);
    assert.ok(!text.split('\n').includes('Verdict\u202e'));
    assert.match(text, /^a\\u000aVerdict\\u202e /);
  });
});
