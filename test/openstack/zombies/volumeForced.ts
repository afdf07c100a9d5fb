import { waitFor } from '../../cloud/ports';
import type { Zombie } from './zombie';

export const volumeForced: Zombie = {
  kind: 'volume-gone',
  verdict: 'suspected',
  how: 'somebody deleted its volume in Cinder by force',
  prepare: (bench) => bench.instance('volume-forced', 'compute-21', { port: false }),
  async happen(bench, uuid) {
    const { session } = bench.cloud;
    const volume = await bench.attached(uuid, 'forced');
    await session.must('volumev3', 'POST', `/volumes/${volume}/action`, {
      'os-reset_status': { status: 'available', attach_status: 'detached' },
    });
    await session.must('volumev3', 'POST', `/volumes/${volume}/action`, { 'os-force_delete': {} });
    await waitFor(`volume ${volume} is gone`, 60, async () => {
      return (await session.ask('volumev3', 'GET', `/volumes/${volume}`)).status === 404;
    });
    return uuid;
  },
};
