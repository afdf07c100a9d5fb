import type { Zombie } from './zombie';

export const noValidHost: Zombie = {
  kind: 'build-failed',
  verdict: 'suspected',
  how: 'no host could take it when it was built',
  async happen({ cloud }) {
    const body = { flavor: { name: 'huge', vcpus: 1, ram: 64_000_000, disk: 1 } };
    const { flavor } = await cloud.session.must<{ flavor: { id: string } }>(
      'compute',
      'POST',
      '/flavors',
      body,
    );
    const made = await cloud.createInstance({ name: 'no-valid-host', flavor: flavor.id, port: false });
    await cloud.session.must('compute', 'DELETE', `/flavors/${flavor.id}`);
    return made.id;
  },
};
