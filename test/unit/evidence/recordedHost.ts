import { loadXmlParser } from '../../../src/evidence/domainXml';
import type { Between } from '../../../src/evidence/hostClock';
import { answerNames, type AnswerName } from '../../../src/evidence/hostScript';

before(loadXmlParser);

export const nonce = '5d1c9a7e0f3b42868d2a6c01b9e7f4a3';
export const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
export const secondUuid = '7d1c8d29-c30c-4c4d-ac79-86915d9d7c95';

/** When `recorded` was asked and had answered, by our clock: the host's was the same. */
export const between: Between = {
  asked: new Date(1795473599_900),
  answered: new Date(1795473601_500),
};

interface Said {
  readonly output?: string;
  readonly code?: number;
  readonly errors?: string;
}

/** `virsh dumpxml` of a domain that Nova made, as libvirt 9.0 prints it, cut down to what is looked at. */
export function domainXml(id: string, novaName: string): string {
  return `<domain type='qemu' id='3'>
  <name>instance-0000002b</name>
  <uuid>${id}</uuid>
  <metadata>
    <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
      <nova:package version="26.2.2"/>
      <nova:name>${novaName}</nova:name>
      <nova:owner>
        <nova:user uuid="33f568cb67cd43b527b23cad0a398dd6">anna</nova:user>
        <nova:project uuid="41c50855be07feca319e82c4d250bf94">shop</nova:project>
      </nova:owner>
    </nova:instance>
  </metadata>
  <devices>
    <disk type='file' device='disk'>
      <source file='/var/lib/nova/instances/${id}/disk' index='1'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='block' device='disk'>
      <source dev='/dev/dm-3'/>
    </disk>
    <disk type='network' device='disk'>
      <source protocol='rbd' name='volumes/volume-1'/>
    </disk>
  </devices>
</domain>
`;
}

export function described(
  ...domains: readonly { readonly id: string; readonly state: string; readonly xml: string }[]
): string {
  return `${domains.map(({ id, state, xml }) => `${nonce}:${id}:${state}\n${nonce}:${xml}`).join('')}${nonce}.`;
}

/** What a healthy compute-02 with two domains and three directories says. */
const healthy: Readonly<Record<AnswerName, Said>> = {
  clock: { output: '1795473600\n' },
  path: { output: '/var/lib/nova/instances/' },
  uri: { output: 'qemu:///system\n' },
  hostname: { output: 'compute-02\n' },
  described: {
    output: described(
      { id: uuid, state: 'running', xml: domainXml(uuid, 'web-01') },
      { id: secondUuid, state: 'shut off', xml: domainXml(secondUuid, 'db &lt;1&gt;') },
    ),
  },
  listed: { output: `${uuid}\n${secondUuid}\n\n` },
  guests: { output: `4711 ${uuid}\n` },
  entries: {
    output: [
      `d 4096 1795473522.8525303980 ${uuid}`,
      `f 21474836480 1795473530.5000000000 ${uuid}/disk`,
      `f 111 1795473522.0000000000 ${uuid}/disk.info`,
      `d 4096 1795400000.0000000000 ${uuid}_resize`,
      `d 4096 1790000000.0000000000 ${secondUuid}_del`,
      '',
    ].join('\0'),
  },
  storage: { output: 'Type\next4\n' },
  users: { output: '{"compute-02": 1795473522.85}' },
  compute_id: { code: 1, errors: 'cat: /var/lib/nova/compute_id: No such file or directory\n' },
};

/** The lines that `hostScript` prints, healthy but for `changes`. */
export function recorded(changes: Partial<Record<AnswerName, Said>> = {}): string {
  const lines = answerNames.map((name) => {
    const { output = '', code = 0, errors = '' } = changes[name] ?? healthy[name];
    return `${nonce} ${name} ${base64(`${output}\n${code}`)} ${base64(errors)}`;
  });
  return [...lines, `${nonce} end`, ''].join('\n');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
