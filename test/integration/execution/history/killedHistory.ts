import { parse } from '../../../../src/cleanup/parse';
import type { CloudAccess } from '../../../../src/cloud/access';
import type { Connection } from '../../../../src/cloud/database/connection';
import { runPlan } from '../../../../src/execution/runPlan';
import { contextFrom, type Ground } from '../bench';
import { nothingHeld } from './ground';

/** Runs the plan that comes on standard input, and dies at a COMMIT of the cell. */
interface Order {
  readonly ground: Ground;
  readonly text: string;
  readonly moment: 'before' | 'after';
  /** which COMMIT */
  readonly at: number;
}

function dying(access: CloudAccess, { moment, at }: Order): CloudAccess {
  let commits = 0;
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  const watched = (connection: Connection): Connection => {
    const change = connection.change.bind(connection);
    connection.change = async (sql, cancel) => {
      if (sql !== 'COMMIT') return change(sql, cancel);
      commits += 1;
      const now = commits >= at;
      if (now && moment === 'before') die();
      const changed = await change(sql, cancel);
      if (now) die();
      return changed;
    };
    return connection;
  };
  return { ...access, openCell: async (...args) => watched(await access.openCell(...args)) };
}

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const order = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Order;
  const context = contextFrom(order.ground);
  const holdBack = () => Promise.resolve(nothingHeld);
  const changes = { access: dying(context.access, order), holdBack };
  await runPlan(parse(order.text), order.text, { ...context, ...changes }, {});
}

void main();
