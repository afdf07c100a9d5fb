import { plantInstance } from './instance';
import type { Planted } from '../planted';
import type { Plot } from './plot';
import { days, minutes, uuidOf, type HostName } from './world';

/** An entry in a host's instances directory that no instance on that host explains. */
export function plantLeftoverDirectories(plot: Plot): void {
  const deleted = { kind: 'leftover-directory', cell: 'cell1', vmState: 'deleted', cleaned: false } as const;
  plantInstance(plot, {
    ...deleted,
    name: 'disk-stayed',
    host: 'compute-01',
    created: days(200),
    deleted: days(31),
    expect: 'confirmed',
    directories: [{ host: 'compute-01', written: days(31), bytes: 32_641_751_449 }],
    how: 'The file system was read-only when Nova deleted it a month ago: the row is gone, the disk is not.',
  });
  plantInstance(plot, {
    ...deleted,
    name: 'disk-stayed\n-- @directory host="compute-01"',
    host: 'compute-03',
    cell: 'cell2',
    large: true,
    created: days(150),
    deleted: days(33),
    expect: 'suspected',
    directories: [{ host: 'compute-03', written: days(33) }],
    how: 'The host was down during the delete and its nova-compute never cleaned up.',
  });
  plantInstance(plot, {
    ...deleted,
    kind: 'unfinished-removal',
    name: 'rename-stayed',
    host: 'compute-02',
    created: days(80),
    deleted: days(10),
    expect: 'confirmed',
    directories: [{ host: 'compute-02', suffix: '_del', written: days(10) }],
    how: 'Nova renamed the directory to _del, its first step, and was restarted before the second.',
  });
  plantInstance(plot, {
    ...deleted,
    kind: 'unfinished-removal',
    name: 'being-removed-now',
    host: 'compute-02',
    created: days(80),
    deleted: minutes(1),
    expect: 'none',
    directories: [{ host: 'compute-02', suffix: '_del', written: 30 }],
    twinOf: 'rename-stayed',
    mustSurvive: true,
    how: 'Nova deletes it right now: the rename to _del is its first step.',
  });
  plantInstance(plot, {
    name: 'resize-left-behind',
    staleOn: 'compute-01',
    kind: 'leftover-resize-directory',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'active',
    created: days(300),
    updated: days(90),
    expect: 'suspected',
    mustSurvive: true,
    migrations: [
      { type: 'resize', status: 'confirmed', source: 'compute-01', destination: 'compute-02', ago: days(90) },
    ],
    directories: [
      { host: 'compute-02', written: days(80) },
      { host: 'compute-01', suffix: '_resize', written: days(90) },
    ],
    how: 'A resize was confirmed long ago and its _resize directory stayed on the source; the instance itself is alive.',
  });
  plantUnknown(plot, 'unknown-directory', 'compute-02', days(200), {
    expect: 'suspected',
    kind: 'leftover-directory',
    mustSurvive: false,
    how: 'A directory with a UUID that no database has ever heard of.',
  });
  plantUnknown(plot, 'forgotten-directory', 'compute-06', days(500), {
    expect: 'suspected',
    kind: 'leftover-directory',
    mustSurvive: false,
    how: 'Left on a host that was taken out of Nova.',
  });
  plantUnknown(plot, 'fresh-directory', 'compute-01', 40, {
    expect: 'none',
    twinOf: 'unknown-directory',
    mustSurvive: true,
    how: 'Written a minute ago by a build or migration whose row this look has not seen yet.',
  });
}

type Judged = Pick<Planted, 'expect' | 'kind' | 'mustSurvive' | 'how' | 'twinOf'>;

function plantUnknown(plot: Plot, name: string, host: HostName, written: number, judged: Judged): void {
  const uuid = uuidOf(`directory ${name}`);
  plot.directories.push({ host, name: uuid, written: plot.date(written), diskBytes: 20 * 2 ** 30 });
  plot.planted.push({ uuid, name, host, ...judged });
}
