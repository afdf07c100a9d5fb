import { text } from 'node:stream/consumers';
import { parse } from '../../src/cleanup/parse';
import { runPlan } from '../../src/execution/runPlan';
import { contextFrom, type Ground } from '../integration/execution/bench';
import { bearingOut } from '../integration/execution/planText';
import type { Point } from './fault';
import { withPoints } from './points';

/** Runs the plan that comes on standard input as an extension host does, and dies when it comes to a point. */
export interface Order {
  readonly ground: Ground;
  readonly plan: string;
  readonly at: Point;
}

async function main(): Promise<void> {
  const { ground, plan, at } = JSON.parse(await text(process.stdin)) as Order;
  const context = { ...contextFrom(ground), look: bearingOut(plan) };
  const dying = withPoints(context, (point) => {
    if (point === at) process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  });
  await runPlan(parse(plan), plan, dying, {});
}

void main();
