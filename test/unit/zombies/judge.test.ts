import assert from 'node:assert/strict';
import type { Dossier } from '../../../src/model/dossier';
import type { InstanceRow } from '../../../src/model/facts';
import type { KindId } from '../../../src/model/kindId';
import { cell0Uuid } from '../../../src/model/uuid';
import { explain, judgeAll } from '../../../src/zombies/judge';
import { kindTitle } from '../../../src/zombies/kindTitle';
import { kinds } from '../../../src/zombies/kinds';
import {
  cell1,
  cell2,
  daysAgo,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  inOrder,
  leftovers,
  migration,
  minutesAgo,
  row,
  scene,
} from './build';
import { specimens } from './specimens';
import { attachment, pciDevice, port } from './things';

function kindsOf(facts: Dossier): readonly KindId[] {
  const suspect = judgeAll(inOrder(facts), scene(), kinds);
  return suspect === undefined ? [] : [suspect.kind, ...suspect.also.map(({ kind }) => kind)];
}

describe('judging all kinds', () => {
  it('finds nothing in a healthy instance', () => {
    assert.deepEqual(
      kindsOf(dossier({ rows: [row()], domains: [domain()], directories: [directory()] })),
      [],
    );
  });

  for (const specimen of specimens) {
    const { id } = specimen.kind;
    it(`calls the specimen of ${id} that, among others or alone`, () => {
      const suspect = judgeAll(specimen.dossier, scene(specimen.scene), kinds);
      const finding = [suspect, ...(suspect?.also ?? [])].find((each) => each?.kind === id);
      assert.equal(finding?.verdict, specimen.verdict);
    });
  }

  it('lets the domain decide before the directory on another host', () => {
    const deleted = dossier({
      rows: [deletedRow()],
      domains: [domain()],
      directories: [directory('compute-02')],
    });
    assert.deepEqual(kindsOf(deleted), ['domain-of-deleted-instance', 'leftover-directory']);
  });

  it('lets a domain or a directory decide before rows without a parent', () => {
    assert.deepEqual(kindsOf(dossier({ leftovers, domains: [domain()] })), ['domain-without-instance']);
    assert.deepEqual(kindsOf(dossier({ leftovers, directories: [directory()] })), ['leftover-directory']);
  });

  it('lets the domain decide on a row that was marked as deleted by hand', () => {
    const byHand = { rows: [deletedRow({ deleted: 1 })] };
    assert.deepEqual(kindsOf(dossier(byHand)), ['deleted-by-hand']);
    const suspect = judgeAll(dossier({ ...byHand, domains: [domain()] }), scene(), kinds);
    assert.deepEqual(
      [suspect, ...(suspect?.also ?? [])].map((each) => [each?.kind, each?.verdict]),
      [
        ['domain-of-deleted-instance', 'suspected'],
        ['deleted-by-hand', 'unknown'],
      ],
    );
  });

  it('calls rows that no key ties to an instance untied only where nothing else is left', () => {
    const tags = { database: cell1, table: 'tags', rows: 1 };
    assert.deepEqual(kindsOf(dossier({ leftovers: [tags] })), ['untied-rows']);
    assert.deepEqual(kindsOf(dossier({ leftovers: [tags, ...leftovers] })), ['rows-without-parent']);
  });

  const suffixed = (['', '_resize', '_del'] as const).map((suffix) => directory('compute-01', { suffix }));

  it('calls each directory by its name, and lets the first take them all', () => {
    const suspect = judgeAll(dossier({ rows: [deletedRow()], directories: suffixed }), scene(), kinds);
    const findings = [suspect, ...(suspect?.also ?? [])];
    assert.deepEqual(
      findings.map((finding) => [finding?.kind, finding?.remedy.directories.map(({ suffix }) => suffix)]),
      [
        ['leftover-directory', ['', '_resize', '_del']],
        ['leftover-resize-directory', ['_resize']],
        ['unfinished-removal', ['_del']],
      ],
    );
    assert.equal(suspect?.bytes, 3000);
    assert.deepEqual([suspect.verdict, suspect.remedy.wanted], ['confirmed', true]);
  });

  it('takes no directory along of which another kind is less sure', () => {
    const [own, resize, del] = suffixed.map((each) =>
      each.suffix === '_resize' ? { ...each, modifiedAt: minutesAgo(5) } : each,
    );
    assert.ok(own && resize && del);
    const suspect = judgeAll(
      dossier({ rows: [deletedRow()], directories: [own, resize, del] }),
      scene(),
      kinds,
    );
    assert.deepEqual(suspect?.remedy.directories, [own, del]);
    const lessSure = kinds.map((kind) => ({
      ...kind,
      judge: (...facts: Parameters<typeof kind.judge>) => {
        const finding = kind.judge(...facts);
        return finding && kind.id === 'unfinished-removal'
          ? { ...finding, verdict: 'suspected' as const }
          : finding;
      },
    }));
    const doubted = judgeAll(dossier({ rows: [deletedRow()], directories: suffixed }), scene(), lessSure);
    assert.deepEqual(
      doubted?.remedy.directories.map(({ suffix }) => suffix),
      ['', '_resize'],
    );
    const young = judgeAll(dossier({ rows: [deletedRow()], directories: [resize, own] }), scene(), kinds);
    assert.deepEqual(young?.remedy.directories, [own]);
  });

  it('takes a confirmed directory along with one that is suspected, and none with a domain', () => {
    const lives = dossier({
      rows: [row()],
      domains: [domain()],
      directories: [directory(), directory('compute-02'), directory('compute-02', { suffix: '_resize' })],
    });
    const suspect = judgeAll(inOrder(lives), scene(), kinds);
    assert.deepEqual(
      [suspect?.kind, suspect?.verdict, suspect?.remedy.wanted, suspect?.remedy.directories.length],
      ['directory-of-moved-instance', 'suspected', false, 2],
    );
    const deleted = dossier({
      rows: [deletedRow()],
      domains: [domain()],
      directories: [directory('compute-02')],
    });
    const { kind, remedy } = judgeAll(deleted, scene(), kinds) ?? {};
    assert.equal(kind, 'domain-of-deleted-instance');
    assert.ok(!remedy?.directories.some(({ host }) => host === 'compute-02'));
  });

  it('calls a domain by what the rows say of it: deleted, archived, unknown, elsewhere, or twice', () => {
    const domains = [domain('compute-02')];
    assert.deepEqual(kindsOf(dossier({ domains, rows: [deletedRow()] })), ['domain-of-deleted-instance']);
    assert.deepEqual(kindsOf(dossier({ domains, shadowCells: [cell1] })), ['domain-of-deleted-instance']);
    assert.deepEqual(kindsOf(dossier({ domains })), ['domain-without-instance']);
    assert.deepEqual(kindsOf(dossier({ domains, rows: [row()] })), ['domain-on-another-host']);
    assert.deepEqual(kindsOf(dossier({ domains: [domain(), ...domains], rows: [row()] })), [
      'domain-on-two-hosts',
    ]);
  });

  it('calls a build that came to nothing one thing, by where it broke off', () => {
    const homeless = { host: null, node: null, launchedAt: null, powerState: 0 };
    const kindOf = (facts: Partial<InstanceRow>): readonly KindId[] =>
      kindsOf(dossier({ rows: [row({ ...homeless, ...facts })] }));
    assert.deepEqual(kindOf({ vmState: 'building' }), ['stuck-building']);
    assert.deepEqual(kindOf({ vmState: 'error', cell: cell0Uuid }), ['build-failed']);
    assert.deepEqual(kindOf({ vmState: 'error' }), ['instance-without-host']);
    assert.deepEqual(kindOf({ vmState: 'building', taskState: 'deleting' }), ['instance-without-host']);
  });

  it('lets the host decide before what is missing on it', () => {
    const dead = scene({ particulars: { 'compute-01': { lastSeenUp: daysAgo(3) } } });
    const suspect = judgeAll(inOrder(dossier({ rows: [row()] })), dead, kinds);
    assert.equal(suspect?.kind, 'instance-on-dead-host');
    assert.deepEqual(
      suspect?.also.map(({ kind }) => kind),
      ['domain-gone'],
    );
  });

  it('lets a move that hangs, or a resize that waits, decide before the power state', () => {
    const facts = { domains: [domain('compute-01', { state: 'shut off' })] };
    const moving = dossier({ ...facts, rows: [row({ taskState: 'migrating' })] });
    assert.deepEqual(kindsOf(moving), ['stuck-moving', 'power-state-differs']);
    const waits = dossier({
      ...facts,
      rows: [row({ vmState: 'resized' })],
      migrations: [migration('finished')],
    });
    assert.deepEqual(kindsOf(waits), ['resize-unconfirmed', 'power-state-differs']);
  });

  it('lets a domain decide before what the other services keep for its instance', () => {
    const kept = { neutronPorts: [port()], attachments: [attachment()], pciDevices: [pciDevice()] };
    assert.deepEqual(kindsOf(dossier({ rows: [deletedRow()], domains: [domain()], ...kept })), [
      'domain-of-deleted-instance',
    ]);
  });

  it('calls an instance that hangs in deleting one thing, domain or not, host or not', () => {
    const deleting = { taskState: 'deleting' };
    assert.deepEqual(kindsOf(dossier({ rows: [row(deleting)] })), ['stuck-deleting']);
    assert.deepEqual(kindsOf(dossier({ rows: [row(deleting)], domains: [domain()] })), ['stuck-deleting']);
    assert.deepEqual(kindsOf(dossier({ rows: [row({ ...deleting, host: null, node: null })] })), [
      'instance-without-host',
    ]);
    assert.deepEqual(kindsOf(dossier({ rows: [row({ vmState: 'deleted' })] })), ['deleted-but-live']);
    const both = { ...deleting, vmState: 'deleted' };
    assert.deepEqual(kindsOf(dossier({ rows: [row(both)], domains: [domain('compute-02')] })), [
      'deleted-but-live',
    ]);
  });

  it('never hides what is not explained behind what is', () => {
    const facts = dossier({
      rows: [row({ vmState: 'resized' })],
      domains: [domain('compute-02')],
      directories: [directory('compute-02', { modifiedAt: minutesAgo(5) })],
    });
    const suspect = judgeAll(inOrder(facts), scene(), kinds);
    assert.deepEqual(
      [suspect, ...(suspect?.also ?? [])].map((each) => [each?.kind, each?.verdict]),
      [
        ['resize-unconfirmed', 'unknown'],
        ['domain-on-another-host', 'legitimate'],
      ],
    );
  });

  it('judges nothing that is no UUID: it would stand in commands', () => {
    for (const uuid of ['$(reboot)', '', '0A2D1BF7-982C-4034-9713-566D58CED0C4']) {
      assert.equal(judgeAll(dossier({ uuid, leftovers }), scene(), kinds), undefined);
    }
  });

  it('tells who it is: name, project, cell, addresses, bytes', () => {
    const stuck = dossier({
      rows: [row({ taskState: 'deleting' })],
      directories: [directory()],
      ...holdings,
    });
    const suspect = judgeAll(stuck, scene(), kinds);
    assert.deepEqual(
      [suspect?.uuid, suspect?.name, suspect?.projectId, suspect?.cell, suspect?.addresses, suspect?.bytes],
      [stuck.uuid, 'web-01', 'd3b1', cell1, ['172.20.69.4'], 1000],
    );
  });

  it('takes name and project from the domain when no database knows it', () => {
    const suspect = judgeAll(dossier({ domains: [domain()] }), scene(), kinds);
    assert.deepEqual([suspect?.name, suspect?.projectId, suspect?.cell], ['web-01', 'd3b1', undefined]);
  });

  it('takes the cell from what is left in it', () => {
    assert.equal(judgeAll(dossier({ leftovers }), scene(), kinds)?.cell, cell1);
    assert.equal(judgeAll(dossier({ leftovers, shadowCells: [cell2] }), scene(), kinds)?.cell, cell2);
  });

  it('counts the bytes that would be removed, not those of the living', () => {
    const copy = directory('compute-02', { suffix: '_resize', bytes: 5 });
    const stale = dossier({ rows: [row()], domains: [domain()], directories: [directory(), copy] });
    assert.equal(judgeAll(stale, scene(), kinds)?.bytes, 5);
  });

  it('gives a hostile name as it is, for the reader to escape', () => {
    const displayName = "a'; --\n*/";
    assert.equal(
      judgeAll(dossier({ rows: [row({ displayName, taskState: 'deleting' })] }), scene(), kinds)?.name,
      displayName,
    );
  });
});

describe('explaining', () => {
  it('has one line for each kind, with the reason', () => {
    const lines = explain(inOrder(dossier({ rows: [row()], domains: [domain()] })), scene(), kinds);
    assert.equal(lines.length, kinds.length);
    for (const [index, { id }] of kinds.entries()) {
      const line = lines[index] ?? '';
      assert.ok(line.startsWith(`${kindTitle(id)}: no, `) && line.length > kindTitle(id).length + 10, line);
    }
    assert.ok(
      lines.includes('stuck deleting: no, no such delete was begun: vm_state active, task_state NULL'),
    );
    assert.ok(lines.includes('leftover directory: no, a cell has a live row of it'));
    assert.ok(lines.includes('orphan port: no, no port of Neutron with device_owner compute:* names it'));
  });

  it('says the verdict of a kind that holds', () => {
    const young = dossier({ rows: [deletedRow({ deletedAt: minutesAgo(5) })], domains: [domain()] });
    const lines = explain(young, scene(), kinds);
    assert.ok(
      lines.some((line) =>
        line.startsWith('domain of a deleted instance: legitimate, it was deleted less than 60 minutes ago'),
      ),
    );
  });
});
