import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Zombie } from './zombie';

export const imageTooLarge: Zombie = {
  kind: 'instance-without-host',
  verdict: 'suspected',
  how: 'nova-compute found its image larger than the disk of the flavor, and gave it up',
  async happen({ cloud }) {
    const file = join(cloud.directory, 'large.qcow2');
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', file, '5G']);
    const { id } = await cloud.session.must<{ id: string }>('image', 'POST', '/v2/images', {
      name: 'large',
      disk_format: 'qcow2',
      container_format: 'bare',
    });
    await cloud.session.must('image', 'PUT', `/v2/images/${id}/file`, new Uint8Array(readFileSync(file)));
    return (await cloud.createInstance({ name: 'image-too-large', host: 'kvm-11', image: id })).id;
  },
};
