import type { Planted } from '../planted';
import { factsOf, type Release, type SchemaName } from '../schema/facts';
import type { ServicePlans } from './servicePlans';
import type { DatabaseName, HostName } from './world';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export interface DomainPlan {
  readonly host: HostName;
  /** libvirt's name: Nova's `instance-%08x` of instances.id. */
  readonly name: string;
  readonly uuid: string;
  readonly state: 'running' | 'shutoff' | 'paused';
  /** What Nova writes into the domain's metadata; absent in a domain made by hand. */
  readonly nova?: {
    readonly name: string;
    readonly created: string;
    readonly project: number;
    readonly user: number;
  };
}

export interface DirectoryPlan {
  readonly host: HostName;
  /** The entry in the instances directory: a UUID, perhaps with `_resize` or `_del`. */
  readonly name: string;
  /** Virtual and apparent size of `disk` in bytes; absent where the disk is a volume. */
  readonly diskBytes?: number;
  readonly written: Date;
}

const releases: readonly Release[] = ['victoria', 'zed', 'epoxy'];

/** All that the demo cloud consists of at one moment: rows, domains, directories, services; and what a scan must say. */
export class Plot {
  readonly rows = new Map<DatabaseName, Map<string, Row[]>>();
  readonly domains: DomainPlan[] = [];
  readonly directories: DirectoryPlan[] = [];
  readonly services: ServicePlans = {
    projects: [],
    ports: [],
    floatingIps: [],
    volumes: [],
    attachments: [],
    nodes: [],
  };
  readonly planted: Planted[] = [];
  private readonly lastIds = new Map<string, number>();
  private lastAddress = 0;

  constructor(
    readonly now: Date,
    readonly release: Release,
  ) {}

  /** Adds a row and gives its id. A column that only other releases have is left out; one that none has throws. */
  add(database: DatabaseName, table: string, values: Row): number {
    const key = `${database}.${table}`;
    const which = schemaOf(database);
    const columns = factsOf(this.release, which)[table]?.columns;
    if (columns === undefined) return this.skip(which, table, values);
    const id = typeof values.id === 'number' ? values.id : this.nextId(database, table);
    const full: Row = 'id' in columns ? { ...values, id } : values;
    const unknown = Object.keys(full).filter((column) => !(column in columns));
    for (const column of unknown) assertSomewhere(which, table, column);
    const kept = Object.fromEntries(Object.entries(full).filter(([column]) => column in columns));
    const tables = this.rows.get(database) ?? new Map<string, Row[]>();
    this.rows.set(database, tables);
    const list = tables.get(table);
    if (list === undefined) tables.set(table, [kept]);
    else list.push(kept);
    this.lastIds.set(key, Math.max(id, this.lastIds.get(key) ?? 0));
    return id;
  }

  /** Whether the release has the table at all. */
  has(database: DatabaseName, table: string): boolean {
    return table in factsOf(this.release, schemaOf(database));
  }

  /** The id that the next row of a table gets. */
  nextId(database: DatabaseName, table: string): number {
    return (this.lastIds.get(`${database}.${table}`) ?? 0) + 1;
  }

  /** The next instances.id of a cell; a row deleted by hand leaves a gap, as in a real table. */
  nextInstanceId(database: DatabaseName): number {
    return this.takeId(database, 'instances');
  }

  /** An id that no row of the table will get any more. */
  takeId(database: DatabaseName, table: string): number {
    const id = this.nextId(database, table);
    this.lastIds.set(`${database}.${table}`, id);
    return id;
  }

  /** A moment so many seconds ago as Nova writes it: UTC, no zone. */
  at(secondsAgo: number): string {
    return this.date(secondsAgo).toISOString().slice(0, 19).replace('T', ' ');
  }

  date(secondsAgo: number): Date {
    return new Date(Math.floor(this.now.getTime() / 1000 - secondsAgo) * 1000);
  }

  /** The next number of the cloud's tenant network, from which a port's addresses are made. */
  nextAddress(): number {
    this.lastAddress += 1;
    return this.lastAddress;
  }

  private skip(which: SchemaName, table: string, values: Row): number {
    for (const column of Object.keys(values)) assertSomewhere(which, table, column);
    return 0;
  }
}

export function schemaOf(database: DatabaseName): SchemaName {
  return database === 'nova_api' || database === 'placement' ? database : 'nova';
}

function assertSomewhere(which: SchemaName, table: string, column: string): void {
  const known = releases.some((release) => column in (factsOf(release, which)[table]?.columns ?? {}));
  if (!known) throw new Error(`no release of Nova has ${which}.${table}.${column}`);
}
