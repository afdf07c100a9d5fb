import assert from 'node:assert/strict';
import { readFilter, type Filter } from '../../../src/app/filter';
import { readConfigurations } from '../../../src/app/configurations';
import type { Source } from '../../../src/model/source';
import type { Suspect } from '../../../src/model/suspect';
import { CloudBranch } from '../../../src/vscode/tree/cloudBranch';
import { changedPlaces, hostPlace, indexScan } from '../../../src/vscode/tree/cloudIndex';
import { scanReport, suspect, uuid } from './suspects';

const now = new Date('2026-11-23T10:00:00Z');
const here = hostPlace('compute-01');
const all = (): boolean => true;

function withoutHost(suspect: Suspect): Suspect {
  return Object.fromEntries(Object.entries(suspect).filter(([key]) => key !== 'host')) as unknown as Suspect;
}

function branchOf(): CloudBranch {
  const [cloud] = readConfigurations([
    { name: 'demo', apiDatabase: 'mysql://nova@127.0.0.1/nova_api' },
  ]).clouds;
  assert.ok(cloud);
  return new CloudBranch(cloud, () => undefined);
}

describe('the places of the tree', () => {
  it('are the host, the rows without a parent, and the suspects without a host', () => {
    const rows = { kind: 'rows-without-parent' } as const;
    const hostless = withoutHost(suspect({ uuid: uuid(2) }));
    const index = indexScan(scanReport([suspect(), hostless, { ...hostless, ...rows, uuid: uuid(3) }]), all);
    assert.deepEqual([...index.places.keys()], [here, 'hypervisor', 'rows']);
  });

  it('show a host that only a suspect names', () => {
    const index = indexScan(scanReport([suspect({ host: 'gone-01' })]), all);
    assert.deepEqual([...index.hosts.keys()], ['compute-01', 'gone-01']);
  });

  it('have no legitimate instance', () => {
    assert.equal(indexScan(scanReport([suspect({ verdict: 'legitimate' })]), all).suspects.size, 0);
  });

  it('are refreshed one by one: a change on one host is a change of one place', () => {
    const two = [suspect(), suspect({ uuid: uuid(2), host: 'compute-02' })];
    const before = indexScan(scanReport(two, ['compute-01', 'compute-02']), all);
    const after = scanReport([
      two[0] ?? suspect(),
      suspect({ uuid: uuid(2), host: 'compute-02', verdict: 'unknown' }),
    ]);
    const hosts = scanReport([], ['compute-01', 'compute-02']).hosts;
    assert.deepEqual(changedPlaces(before, indexScan({ ...after, hosts }, all)), [hostPlace('compute-02')]);
    assert.deepEqual(changedPlaces(before, before), []);
  });

  it('are refreshed when a line of theirs shows something else', () => {
    const before = indexScan(scanReport([suspect()]), all);
    const after = (changes: Partial<Suspect>): unknown =>
      changedPlaces(before, indexScan(scanReport([suspect(changes)]), all));
    const sighting = { first: '', last: '', count: 2 };
    const shown: readonly Partial<Suspect>[] = [
      ...[{ uuid: uuid(2) }, { verdict: 'suspected' as const }, { kind: 'instance-without-host' as const }],
      ...[{ name: 'web-02' }, { since: '2026-11-08T10:00:00Z' }, { bytes: 1 }, { sighting }],
    ];
    for (const changes of shown) assert.deepEqual(after(changes), [here], JSON.stringify(changes));
    assert.deepEqual(after({ why: 'only its card says so' }), []);
  });

  it('are all refreshed when a place comes or goes', () => {
    const before = indexScan(scanReport([suspect()]), all);
    assert.equal(changedPlaces(before, indexScan(scanReport([]), all)), undefined);
  });
});

describe('a cloud in the tree', () => {
  it('shows 200 suspects of a place, and then more', () => {
    const branch = branchOf();
    branch.update(
      scanReport(Array.from({ length: 450 }, (_, each) => suspect({ uuid: uuid(each) }))),
      [],
      now,
    );
    assert.equal(branch.page(here).shown.length, 200);
    assert.equal(branch.page(here).more, 250);
    branch.showMore(here);
    branch.showMore(here);
    assert.equal(branch.page(here).shown.length, 450);
    assert.equal(branch.page(here).more, 0);
  });

  it('lists confirmed ones first, then the oldest', () => {
    const branch = branchOf();
    const suspects = [
      suspect({ uuid: uuid(1), verdict: 'unknown' }),
      suspect({ uuid: uuid(2), since: '2026-11-02T00:00:00Z' }),
      suspect({ uuid: uuid(3), since: '2026-11-01T00:00:00Z' }),
    ];
    branch.update(scanReport(suspects), [], now);
    assert.deepEqual(
      branch.page(here).shown.map((each) => each.uuid),
      [uuid(3), uuid(2), uuid(1)],
    );
  });

  it('ticks only what a plan may hold', () => {
    const branch = branchOf();
    const unsure = suspect({ uuid: uuid(2), verdict: 'unknown' });
    branch.update(scanReport([suspect(), unsure]), [], now);
    assert.deepEqual(branch.tick([uuid(1), uuid(2), uuid(3)], true), [here]);
    assert.deepEqual(branch.ticked, [uuid(1)]);
    assert.deepEqual(branch.draftable(here), [uuid(1)]);
  });

  it('drops the tick of a suspect that is gone or became unknown, and keeps it under a filter', () => {
    const view: { filter?: Filter } = {};
    const [cloud] = readConfigurations([
      { name: 'demo', apiDatabase: 'mysql://nova@127.0.0.1/nova_api' },
    ]).clouds;
    assert.ok(cloud);
    const branch = new CloudBranch(cloud, () => view.filter);
    const both = [suspect(), suspect({ uuid: uuid(2) })];
    branch.update(scanReport(both), [], now);
    branch.tick([uuid(1), uuid(2)], true);
    view.filter = readFilter('name:nothing', String);
    branch.update(scanReport(both), [], now);
    assert.deepEqual(branch.ticked, [uuid(1), uuid(2)]);
    branch.update(scanReport([suspect({ verdict: 'unknown' })]), [], now);
    assert.deepEqual(branch.ticked, []);
  });

  it('knows what a scan that is under way has read, and what did not answer, to it or to the last one', () => {
    const gap = { code: 'unreachable', message: 'No answer.', action: 'Look at it.' } as const;
    const source = (id: string, complete: boolean): Source => ({
      ...{ id, kind: 'cell', name: id, readAt: '' },
      ...(complete ? { complete } : { complete, gap }),
    });
    const branch = branchOf();
    const ids = (): string[] => branch.gaps.map(({ id }) => id);
    branch.update({ ...scanReport([]), sources: [source('one', false), source('two', true)] }, [], now);
    assert.deepEqual([branch.readSoFar, ids()], [undefined, ['one']]);
    branch.setScanning(new AbortController());
    branch.take({ source: source('two', false), read: 1, known: 4 });
    assert.equal(branch.readSoFar?.read, 1);
    assert.deepEqual(ids(), ['one', 'two']);
    branch.take({ source: source('one', true), read: 2, known: 4 });
    assert.deepEqual(ids(), ['two']);
    branch.setScanning(undefined);
    assert.deepEqual([branch.readSoFar, ids()], [undefined, ['one']]);
  });

  it('counts the confirmed and the suspected', () => {
    const branch = branchOf();
    const verdicts = ['confirmed', 'suspected', 'unknown', 'legitimate'] as const;
    branch.update(
      scanReport(verdicts.map((verdict, each) => suspect({ verdict, uuid: uuid(each) }))),
      [],
      now,
    );
    assert.equal(branch.suspectCount, 2);
  });

  it('puts 100,000 suspects in their places at once', () => {
    const branch = branchOf();
    const hosts = Array.from({ length: 1000 }, (_, each) => `compute-${String(each)}`);
    const suspects = Array.from({ length: 100_000 }, (_, each) =>
      suspect({ uuid: uuid(each), host: hosts[each % 1000] ?? '' }),
    );
    branch.update(scanReport(suspects, hosts), [], now);
    assert.equal(branch.page(hostPlace('compute-7')).shown.length, 100);
  });
});
