import type { ScanReport } from '../../../src/app/api';
import { readFilter } from '../../../src/app/filter';
import { kindTitle } from '../../../src/app/kindTitle';
import type { Suspect } from '../../../src/model/suspect';
import { changedPlaces, indexScan } from '../../../src/vscode/tree/cloudIndex';
import { CloudBranch } from '../../../src/vscode/tree/cloudBranch';
import { readConfigurations } from '../../../src/app/configurations';
import { scanReport, suspect, uuid } from '../../unit/vscode/suspects';
import { within } from '../compare';
import type { Work } from '../work';

const hosts = 1_000;
const everything = (): boolean => true;

export const work: Work = {
  name: 'tree',
  title: 'A tree of 100,000 suspects',
  peers: ['a limit: how long anything else in the same process may wait'],
  goals: ['each answer to VS Code within 50 ms'],
  measure(lab) {
    const count = lab.small ? 10_000 : 100_000;
    const names = Array.from({ length: hosts }, (_, number) => `compute-${number}`);
    const make = (): ScanReport =>
      scanReport(
        Array.from({ length: count }, (_, number) => suspectOf(number)),
        names,
      );
    const [report, later] = [make(), make()];
    const filter = readFilter('web-77', kindTitle);
    const now = new Date();
    const [before, after] = [indexScan(report, everything), indexScan(later, everything)];
    const branch = branchOf();
    const place = 'host/compute-1';
    const parts: readonly (readonly [string, () => unknown])[] = [
      ['put in their places', () => indexScan(report, everything)],
      ['filtered by a word', () => indexScan(report, (each) => filter.matches(each, now))],
      ['compared with those of the scan before', () => changedPlaces(before, after)],
      ['taken in, and a page of a host shown', () => takeIn(branch, report, place)],
    ];
    lab.note(
      `${count.toLocaleString('en')} suspects on ${hosts.toLocaleString('en')} hosts, in the process of the benchmark, without what VS Code does with the lines`,
    );
    return Promise.resolve(
      parts.map(([name, work]) => within(50, { name, unit: 'ms', ours: rounds(2 * lab.rounds + 1, work) })),
    );
  },
};

function suspectOf(number: number): Suspect {
  const since = new Date(Date.UTC(2026, 0, 1) + 1000 * number).toISOString();
  return suspect({ uuid: uuid(number), name: `web-${number}`, host: `compute-${number % hosts}`, since });
}

function branchOf(): CloudBranch {
  const settings = [{ name: 'demo', apiDatabase: 'mysql://nova@127.0.0.1/nova_api' }];
  const [cloud] = readConfigurations(settings).clouds;
  if (!cloud) throw new Error('the settings are not understood');
  return new CloudBranch(cloud, () => undefined);
}

function takeIn(branch: CloudBranch, report: ScanReport, place: string): void {
  branch.update(report, [], new Date());
  if (branch.page(place).shown.length === 0) throw new Error(`nothing is shown at ${place}`);
}

/** Milliseconds of each; two before do not count. */
function rounds(count: number, work: () => unknown): number[] {
  return Array.from({ length: count + 2 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).slice(2);
}
