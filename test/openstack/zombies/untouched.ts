import type { Bench } from './bench';

/** An instance that nothing is wrong with, however it looks. */
export interface Untouched {
  /** its name, and what it is like */
  readonly name: string;
  make(bench: Bench): Promise<string>;
  /** The way back to ACTIVE, where it is not. */
  wake?(bench: Bench, uuid: string): Promise<unknown>;
}

async function start(bench: Bench, uuid: string): Promise<void> {
  await bench.act(uuid, { 'os-start': null });
}

function active(host: string): Untouched {
  const name = `active-on-${host}`;
  return { name, make: (bench) => bench.instance(name, host) };
}

function stopped(host: string): Untouched {
  const name = `stopped-on-${host}`;
  return {
    name,
    async make(bench) {
      const uuid = await bench.instance(name, host);
      await bench.act(uuid, { 'os-stop': null });
      await bench.untilStatus(uuid, 'SHUTOFF');
      return uuid;
    },
    wake: start,
  };
}

const shelved: Untouched = {
  name: 'shelved-and-offloaded',
  async make(bench) {
    const uuid = await bench.instance('shelved-and-offloaded', 'kvm-11');
    await bench.act(uuid, { shelve: null });
    await bench.untilStatus(uuid, 'SHELVED_OFFLOADED');
    return uuid;
  },
  wake: (bench, uuid) => bench.act(uuid, { unshelve: null }),
};

const resized: Untouched = {
  name: 'resized-and-not-confirmed',
  async make(bench) {
    const uuid = await bench.instance('resized-and-not-confirmed', 'compute-11');
    await bench.act(uuid, { migrate: { host: 'compute-12' } });
    await bench.untilStatus(uuid, 'VERIFY_RESIZE');
    return uuid;
  },
  wake: (bench, uuid) => bench.act(uuid, { confirmResize: null }),
};

const withVolume: Untouched = {
  name: 'with-a-volume',
  async make(bench) {
    const uuid = await bench.instance('with-a-volume', 'compute-12');
    await bench.attached(uuid, 'in-use');
    return uuid;
  },
};

/** Made beforehand: each is ready when it is returned. */
export const untouched: readonly Untouched[] = [
  ...['kvm-11', 'kvm-12', 'compute-11', 'compute-21'].map(active),
  ...['kvm-11', 'kvm-12'].map(stopped),
  shelved,
  resized,
  withVolume,
];

/** Asked for in the last moment, while nobody schedules: its build request waits. */
export const beingBuilt: Untouched = {
  name: 'being-built',
  make: (bench) => bench.waitingBuild('being-built'),
};

/** What an owner does with it: it wakes, stops, starts, and is deleted. */
export async function use(bench: Bench, uuid: string, kind: Untouched): Promise<void> {
  await kind.wake?.(bench, uuid);
  await bench.untilStatus(uuid, 'ACTIVE');
  await bench.act(uuid, { 'os-stop': null });
  await bench.untilStatus(uuid, 'SHUTOFF');
  await start(bench, uuid);
  await bench.untilStatus(uuid, 'ACTIVE');
  await bench.cloud.deleteInstance(uuid);
}
