import assert from 'node:assert/strict';
import type { ScanProgress, ScanReport } from '../../../src/app/api';
import type { Source } from '../../../src/model/source';
import type { Suspect } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { apisOf, cloudName, productOn } from './product';

describe('a scan of the demo cloud', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;
  let report: ScanReport;
  let suspects: ReadonlyMap<string, Suspect>;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    report = await productOn(cloud, apisOf(cloud)).scan(cloudName);
    suspects = new Map(report.suspects.map((suspect) => [suspect.uuid, suspect]));
  });

  it('finds every planted zombie with the right kind and verdict', () => {
    const zombies = cloud.planted.filter(({ expect }) =>
      ['confirmed', 'suspected', 'unknown'].includes(expect),
    );
    assert.ok(zombies.length >= 20);
    const wrong = zombies.flatMap((planted) => {
      const suspect = suspects.get(planted.uuid);
      const findings = suspect ? [suspect, ...suspect.also] : [];
      const { kind = suspect?.kind, also = [] } = planted;
      const found = findings.find((finding) => finding.kind === kind);
      const first = suspect && [kind, ...also].includes(suspect.kind);
      return first && found?.verdict === planted.expect
        ? []
        : [
            `${planted.how}: ${kind} ${planted.expect}, found ${findings.map((each) => `${each.kind} ${each.verdict}`).join()}`,
          ];
    });
    assert.deepEqual(wrong, []);
  });

  it('suspects nothing that was not planted', () => {
    const planted = new Set(
      cloud.planted
        .filter(({ expect }) => expect !== 'none' && expect !== 'legitimate')
        .map(({ uuid }) => uuid),
    );
    const others = report.suspects.filter(
      ({ uuid, verdict }) => verdict !== 'legitimate' && !planted.has(uuid),
    );
    assert.deepEqual(
      others.map(({ uuid, kind, verdict, why }) => ({ uuid, kind, verdict, why })),
      [],
    );
  });

  it('offers no removal of an instance that must survive', () => {
    const live = cloud.planted.filter(({ mustSurvive }) => mustSurvive);
    assert.ok(live.length >= 60);
    for (const { uuid, how, staleOn } of live) {
      const suspect = suspects.get(uuid);
      if (!suspect || suspect.verdict === 'unknown' || suspect.verdict === 'legitimate') {
        continue;
      }
      assert.equal(suspect.verdict, 'suspected', how);
      assert.equal(suspect.remedy.wanted, false, how);
      // a repair changes single rows and leaves the instance as it is
      assert.ok(['none', 'repair'].includes(suspect.remedy.depth), how);
      const { domains, directories } = suspect.remedy;
      assert.deepEqual(
        [...domains, ...directories].filter(({ host }) => host !== staleOn),
        [],
        how,
      );
    }
  });

  it('says of every source whether it answered, and why not', () => {
    const silent = report.sources.filter(({ complete }) => !complete);
    assert.deepEqual(
      silent.map(({ id, gap }) => [id, gap?.code]),
      [['host:compute-04', 'unreachable']],
    );
    assert.deepEqual(report.hosts.map(({ name }) => name).sort(), [
      ...['compute-01', 'compute-02', 'compute-03', 'compute-04', 'compute-05', 'compute-06'],
      ...report.hosts.map(({ name }) => name).filter((name) => !name.startsWith('compute-')),
    ]);
    assert.equal(report.hosts.find(({ name }) => name === 'compute-06')?.listed, false);
  });

  it('shows soft-deleted history as the backlog of its cell, and as no suspect', () => {
    const counts = new Map(report.backlog.map(({ cellName, instances }) => [cellName, instances]));
    assert.ok((counts.get('cell1') ?? 0) >= 300);
    assert.ok((counts.get('cell2') ?? 0) >= 50);
  });

  it('tells of each source as it is read, and of how many there are', async () => {
    const told: ScanProgress[] = [];
    const again = await productOn(cloud, apisOf(cloud)).scan(cloudName, {
      onSource: (progress) => told.push(progress),
    });
    const answers = (sources: readonly Source[]): string[] =>
      sources.map(({ id, complete }) => `${id} ${String(complete)}`).sort();
    assert.deepEqual(answers(told.map(({ source }) => source)), answers(again.sources));
    assert.equal(told[0]?.source.id, 'api-database');
    assert.deepEqual(
      told.map(({ read }) => read),
      told.map((_, index) => index + 1),
    );
    assert.ok(told.every(({ read, known }) => read <= known));
    assert.deepEqual([told.at(-1)?.read, told.at(-1)?.known], [again.sources.length, again.sources.length]);
    // the hosts are known to be there before the first of them has answered
    assert.ok(told.some(({ read, known }) => read + again.hosts.length <= known));
  });

  it('is JSON through and through', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });
});

describe('a scan while a source is away', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  it('calls nothing a zombie that leans on a cell which is down', async () => {
    const uuid =
      (await cloud.sql("SELECT uuid FROM cell_mappings WHERE name = 'cell2'", 'nova_api'))[0]?.[0] ?? '';
    const report = await productOn(cloud, { cells: { [uuid]: 'mysql://nova@127.0.0.1:9/nova_cell2' } }).scan(
      cloudName,
    );
    const source = report.sources.find(({ id }) => id === `cell:${uuid}`);
    assert.equal(source?.complete, false);
    assert.equal(source.gap?.code, 'unreachable');
    const certain = report.suspects.filter(({ verdict }) => verdict === 'confirmed');
    assert.deepEqual(
      certain.map(({ kind, why }) => [kind, why]),
      [],
    );
  });

  it('calls nothing confirmed that may be on a host which does not answer, and unknown what names it', async () => {
    const cell1 = (
      await cloud.sql("SELECT uuid FROM cell_mappings WHERE name = 'cell1'", 'nova_api')
    )[0]?.[0];
    const report = await productOn(cloud, { hosts: { 'compute-02': '127.0.1.4' } }).scan(cloudName);
    const planted = cloud.planted.filter(
      ({ host, expect }) => host === 'compute-02' && expect === 'confirmed',
    );
    assert.ok(planted.length > 0);
    for (const { uuid, how } of planted) {
      const suspect = report.suspects.find((each) => each.uuid === uuid);
      const named = suspect?.evidence.some(({ text }) => text.includes('compute-02')) ?? false;
      assert.notEqual(suspect?.verdict, 'confirmed', how);
      assert.ok(!named || suspect?.verdict === 'unknown', `${how}: ${suspect?.verdict}`);
    }
    assert.deepEqual(
      report.suspects
        .filter(({ verdict, cell }) => verdict === 'confirmed' && cell === cell1)
        .map(({ why }) => why),
      [],
      'a domain of it could run on the host that was not read',
    );
  });
});
