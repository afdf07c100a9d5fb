import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { install } from '../cloud/database/server';
import { freeServerPorts } from '../cloud/ports';
import { stopProcesses } from '../cloud/processes';
import { GaleraNode, type NodePorts } from './node';

export interface Cluster {
  readonly nodes: readonly [GaleraNode, GaleraNode, GaleraNode];
  stop(): Promise<void>;
}

/**
 * Three nodes of Galera on 127.0.0.1, their data below `directory`. All begin with a copy of the same data, so that none
 * asks another for all of it: that works differently for root than for others.
 */
export async function startCluster(directory: string): Promise<Cluster> {
  const root = resolve(directory);
  await stopProcesses(root);
  rmSync(root, { recursive: true, force: true });
  const ports = await freeServerPorts(12);
  const of = (index: number): NodePorts => {
    const [sql = 0, group = 0, ist = 0, sst = 0] = ports.slice(4 * index, 4 * index + 4);
    return { sql, group, ist, sst };
  };
  const address = `gcomm://${[0, 1, 2].map((index) => `127.0.0.1:${of(index).group}`).join(',')}`;
  const make = (index: number): GaleraNode => new GaleraNode(root, `node-${index + 1}`, of(index), address);
  const nodes = [make(0), make(1), make(2)] as const;
  const [first, ...others] = nodes;
  mkdirSync(dirname(first.data), { recursive: true });
  await install(first.data);
  await first.found();
  await first.stop();
  for (const node of others) {
    cpSync(first.data, node.data, { recursive: true });
    rmSync(join(node.data, 'gvwstate.dat'), { force: true });
  }
  await first.found();
  for (const node of others) await node.start();
  return { nodes, stop: () => stopProcesses(root) };
}
