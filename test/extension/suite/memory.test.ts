import assert from 'node:assert/strict';
import type { Zombies } from '../../../src/app/zombies';
import { Questions } from '../../../src/vscode/questions';
import { CloudTree } from '../../../src/vscode/tree/cloudTree';
import type { TreeElement } from '../../../src/vscode/tree/element';
import { hostSummary, scanReport, suspect, uuid } from '../../unit/vscode/suspects';
import { cardOf as tooltipOf, lineOf } from './treeLines';
import { FakeZombies } from './fakeZombies';

describe('what the tree shows of earlier looks, of what is kept, and of clocks', () => {
  const hostile = 'a\u202e\n[x](command:workbench.action.quit)<b>';
  const report = scanReport([suspect()]);
  let zombies: FakeZombies;
  let tree: CloudTree;
  let questions: Questions;

  beforeEach(() => {
    zombies = new FakeZombies(report);
    questions = new Questions(0);
    tree = new CloudTree(zombies as unknown as Zombies, questions);
  });

  afterEach(() => {
    tree.dispose();
  });

  const find = (...labels: string[]): TreeElement => lineOf(tree, ...labels);
  const cardOf = (element: TreeElement): string => tooltipOf(tree, element);

  it('lists what is kept, scanned or not, and says what has expired', () => {
    const made = { reason: 'asked to wait', author: 'anna', since: '2026-11-20T10:00:00Z' };
    const kept = [
      { scope: 'instance', id: uuid(1), name: hostile, ...made, expired: false },
      { scope: 'host', id: 'compute-02', ...made, expired: false },
      { scope: 'project', id: '7e3a', ...made, expires: '2026-11-21T10:00:00Z', expired: true },
    ] as const;
    for (const known of [report, undefined]) {
      tree.dispose();
      tree = new CloudTree(new FakeZombies(known, kept) as unknown as Zombies, questions);
      const group = find('demo', 'Kept');
      assert.equal(group.item().description, '2 · 1 expired');
      const lines = group.children().map((element) => element.item());
      assert.deepEqual(
        lines.map(({ label }) => label),
        ['a\\u202e\\u000a[x](command:workbench.action.quit)<b>', 'host compute-02', 'project 7e3a'],
      );
      assert.match(String(lines[2]?.description), /^expired · asked to wait · \d+ d$/);
      const cards = group.children().map(cardOf);
      assert.ok(cards.every((text) => text.includes('Marked by anna') && !text.includes('[x](')));
      assert.match(cards[2] ?? '', /Expired .*it counts no more/);
    }
  });

  it('says on the card since when and how often a suspect was seen', () => {
    const sighting = { first: '2026-11-22T10:00:00Z', last: '2026-11-23T10:00:00Z', count: 3 };
    zombies.show({ ...report, suspects: [suspect({ sighting })] });
    const [element] = find('demo', 'compute-01').children();
    assert.match(element?.tooltip?.()?.value ?? '', /Seen in 3 looks\\, the first /);
  });

  it('says on the card of a host that its clock is off, by more than a minute', () => {
    const off = (aheadMs: number): string => {
      zombies.show({ ...report, hosts: [{ ...hostSummary('compute-01'), aheadMs }] });
      return cardOf(find('demo', 'compute-01'));
    };
    assert.match(off(3_600_000), /Its clock is 3600 s ahead/);
    assert.match(off(-61_000), /Its clock is 61 s behind/);
    assert.doesNotMatch(off(60_000), /clock/);
  });
});
