import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days } from '../world';

/** Twin of it is `migrating-now`, whose directory on the other host is in use. */
export function plantDirectoryOfMoved(plot: Plot): void {
  plantInstance(plot, {
    name: 'moved-without-its-directory',
    kind: 'directory-of-moved-instance',
    twinOf: 'migrating-now',
    expect: 'suspected',
    mustSurvive: true,
    staleOn: 'compute-01',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'active',
    created: days(310),
    updated: days(75),
    migrations: [
      {
        type: 'live-migration',
        status: 'completed',
        source: 'compute-01',
        destination: 'compute-02',
        ago: days(75),
      },
    ],
    directories: [
      { host: 'compute-02', written: days(70) },
      { host: 'compute-01', written: days(75) },
    ],
    how: 'Was live-migrated to compute-02; the file system of the source was read-only when its directory was to go.',
  });
}
