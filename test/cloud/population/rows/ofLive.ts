import { plantInstance, type Instance } from '../instance';
import type { Plot } from '../plot';
import type { Story } from '../story';
import { days, minutes, uuidOf } from '../world';

/** Rows of living instances that say what is not so. */
export function plantRowsOfLive(plot: Plot): void {
  for (const story of stories) plantInstance(plot, { ...defaults, ...story });
  plantConsoles(plot);
}

const defaults = {
  cell: 'cell1',
  host: 'compute-02',
  vmState: 'active',
  created: days(170),
  updated: days(60),
  mustSurvive: true,
} as const satisfies Partial<Story>;

const move = { type: 'migration', source: 'compute-02', destination: 'compute-01', ago: days(45) } as const;

const stories: readonly (Pick<Story, 'name' | 'how' | 'expect'> & Partial<Story>)[] = [
  {
    name: 'torn',
    kind: 'torn-instance',
    expect: 'suspected',
    without: ['instance_info_caches'],
    how: 'A clean-up script took its info cache for that of another instance, by the id of the wrong table.',
  },
  {
    name: 'torn-after-delete',
    twinOf: 'torn',
    expect: 'none',
    vmState: 'deleted',
    deleted: days(30),
    without: ['instance_info_caches'],
    how: 'Was deleted; the archive is at it, table by table.',
  },
  {
    name: 'volume-vanished',
    kind: 'volume-gone',
    expect: 'suspected',
    volume: 'data',
    lost: ['volume'],
    how: "Its data volume was deleted from Cinder's database by hand; the block device stayed.",
  },
  {
    name: 'volume-there',
    twinOf: 'volume-vanished',
    expect: 'none',
    volume: 'data',
    how: 'Has its data volume.',
  },
  {
    name: 'migration-forgotten',
    also: ['stuck-moving'],
    kind: 'stuck-migration',
    expect: 'suspected',
    migrations: [{ ...move, status: 'accepted' }],
    how: 'The message that was to begin its migration was lost: the instance is idle, the migration waits for ever.',
  },
  {
    name: 'migration-failed',
    twinOf: 'migration-forgotten',
    expect: 'none',
    migrations: [{ ...move, status: 'error' }],
    how: 'Its migration failed as quickly, and says so.',
  },
  {
    name: 'cache-emptied',
    kind: 'stale-network-info',
    expect: 'suspected',
    cacheEmpty: true,
    how: 'Neutron answered with nothing in the wrong moment, and since the heal interval is -1 the cache says [] for ever.',
  },
];

function plantConsoles(plot: Plot): void {
  const console = ({ uuid }: Instance, expired: number): void => {
    plot.add('nova_cell1', 'console_auth_tokens', {
      created_at: plot.at(expired + minutes(10)),
      token_hash: uuidOf(`console token ${uuid}`),
      console_type: 'novnc',
      host: '127.0.1.2',
      port: 5900,
      internal_access_path: null,
      instance_uuid: uuid,
      expires: Math.floor(plot.date(expired).getTime() / 1000),
      access_url_base: 'http://127.0.0.1:6080/vnc_auto.html',
    });
  };
  console(
    plantInstance(plot, {
      ...defaults,
      name: 'console-long-closed',
      kind: 'expired-console-token',
      expect: 'suspected',
      how: 'Its console was opened a month ago; the periodic task that removes such tokens did not run since.',
    }),
    days(30),
  );
  console(
    plantInstance(plot, {
      ...defaults,
      name: 'console-just-closed',
      twinOf: 'console-long-closed',
      expect: 'none',
      how: 'The token of its console expired an hour ago.',
    }),
    minutes(60),
  );
}
