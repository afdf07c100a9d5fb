import { parse } from '../../../src/cleanup/parse';
import type { CloudAccess } from '../../../src/cloud/access';
import { runPlan } from '../../../src/execution/runPlan';
import { contextFrom, type Ground } from './bench';
import { bearingOut } from './planText';

/** Runs the plan that comes on standard input, and dies right before or right after its first COMMIT. */
interface Order {
  readonly ground: Ground;
  readonly text: string;
  readonly moment: 'before' | 'after';
}

function dyingAtCommit(access: CloudAccess, moment: Order['moment']): CloudAccess {
  return {
    ...access,
    openCell: async (cell, signal) => {
      const connection = await access.openCell(cell, signal);
      const change = connection.change.bind(connection);
      connection.change = async (sql, cancel) => {
        if (sql === 'COMMIT' && moment === 'before') {
          process.kill(process.pid, 'SIGKILL');
        }
        const changed = await change(sql, cancel);
        if (sql === 'COMMIT') {
          process.kill(process.pid, 'SIGKILL');
        }
        return changed;
      };
      return connection;
    },
  };
}

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
  }
  const { ground, text, moment } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Order;
  const context = contextFrom(ground);
  await runPlan(
    parse(text),
    text,
    { ...context, access: dyingAtCommit(context.access, moment), look: bearingOut(text) },
    {},
  );
}

void main();
