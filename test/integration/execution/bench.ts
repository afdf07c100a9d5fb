import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCloudAccess } from '../../../src/cloud/createCloudAccess';
import { readConfigurations } from '../../../src/cloud/readConfigurations';
import type { CellMapping } from '../../../src/cloud/access';
import type { RunContext } from '../../../src/execution/context';
import type { DirectoryStep, DomainStep, Section, Statement, Step, UnitStep } from '../../../src/model/plan';
import type { Span } from '../../../src/model/span';
import { defaultThresholds } from '../../../src/model/scene';
import type { DemoCloud } from '../../cloud/demoCloud';

export const cloudName = 'demo';
const span: Span = { start: 0, end: 0 };

/** What a process has to know of a demo cloud to run plans on it. */
export interface Ground extends Pick<DemoCloud, 'database' | 'ssh'> {
  readonly cells: readonly CellMapping[];
  /** root of the runs */
  readonly folder: string;
}

/** The surroundings of a run on the demo cloud, with a folder of its own and nothing judged. */
export async function contextOn(
  cloud: DemoCloud,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<RunContext> {
  return contextFrom(await groundOf(cloud), settings);
}

export async function groundOf(cloud: DemoCloud): Promise<Ground> {
  const { database, ssh } = cloud;
  const rows = await cloud.sql('SELECT uuid, id, name, database_connection FROM cell_mappings', 'nova_api');
  const folder = join(mkdtempSync(join(tmpdir(), 'openstack-zombies-runs-')), 'runs');
  const cells = rows.map(([uuid = '', id, name = '', url = '']) => ({
    uuid,
    id: Number(id),
    name,
    disabled: false,
    url,
  }));
  return { database, ssh, cells, folder };
}

export function contextFrom(ground: Ground, settings: Readonly<Record<string, unknown>> = {}): RunContext {
  const { database, ssh, cells, folder } = ground;
  const { user, port, keyFile, knownHostsFile } = ssh;
  const { clouds, problems } = readConfigurations([
    {
      name: cloudName,
      apiDatabase: database.apiUrl,
      ssh: { user, port, keyFile, knownHostsFile, configFile: 'none' },
      ...settings,
    },
  ]);
  const [configuration] = clouds;
  if (!configuration || problems.length > 0) {
    throw new Error(JSON.stringify(problems));
  }
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  return {
    holdBack: () => Promise.reject(new Error('nobody looks at the whole cloud here')),
    access: createCloudAccess({
      clock: { now: () => new Date() },
      configuration,
      secrets: {
        get: () => Promise.resolve(undefined),
        store: () => Promise.resolve(),
        delete: () => Promise.resolve(),
      },
      prompts: {
        trustHostKey: () => Promise.resolve(false),
        password: () => Promise.resolve(database.password),
      },
      hostKeys: { get: () => [], add: () => Promise.resolve() },
      logger,
    }),
    cells,
    folder,
    thresholds: defaultThresholds,
    clock: { now: () => new Date() },
    logger,
    hosts: Object.keys(ssh.addresses),
    address: (host) => ssh.addresses[host],
    hypervisorNames: (host) => [host],
    look: () => Promise.resolve(new Map()),
  };
}

/** UUID of the cell whose database is named so. */
export function cellIn(context: RunContext, schema: string): string {
  const cell = context.cells.find(({ url }) => url.includes(`/${schema}?`));
  if (!cell) {
    throw new Error(`no cell is in ${schema}`);
  }
  return cell.uuid;
}

export function section(uuid: string, ...steps: Step[]): Section {
  return {
    uuid,
    name: 'a name',
    kind: 'stuck-deleting',
    verdict: 'confirmed',
    depth: 'complete',
    steps,
    span,
    range: span,
  };
}

export function unit(database: string, schema: string, ...statements: Statement[]): UnitStep {
  return { step: 'unit', database, schema, statements, span };
}

export function guard(sql: string): Statement {
  return { kind: 'select', sql, span };
}

export function remove(table: string, where: string, expect: number): Statement {
  return {
    kind: 'delete',
    sql: `DELETE FROM nova_cell1.${table} WHERE ${where}`,
    table,
    where,
    expect,
    span,
  };
}

export function update(table: string, set: string, where: string, expect: number): Statement {
  return {
    kind: 'update',
    sql: `UPDATE nova_cell1.${table} SET ${set} WHERE ${where}`,
    table,
    where,
    expect,
    span,
  };
}

export function directory(
  host: string,
  path: string,
  then: DirectoryStep['then'],
  from?: string,
): DirectoryStep {
  return { step: 'directory', host, path, bytes: 0, then, span, ...(from === undefined ? {} : { from }) };
}

export function domain(host: string, uuid: string, state: string): DomainStep {
  return { step: 'domain', host, uuid, state, span };
}

/** The guard that the instance is live, or anything else that a row of it may say. */
export function isReviewed(uuid: string, deleted = 0): Statement {
  const from = `nova_cell1.instances WHERE uuid = '${uuid}' AND deleted = ${deleted}`;
  return guard(`SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM ${from} FOR UPDATE`);
}

export function rename(uuid: string): Statement {
  return update('instances', `hostname = 'renamed'`, `uuid = '${uuid}'`, 1);
}

export function dropCache(uuid: string, expect = 1): Statement {
  return remove('instance_info_caches', `instance_uuid = '${uuid}'`, expect);
}
