import assert from 'node:assert/strict';
import { nvramOf } from '../../../src/execution/nvram';

const domain = { host: 'compute-02', uuid: '0a2d1bf7-982c-4034-9713-566d58ced0c4' };
const path = '/var/lib/libvirt/qemu/nvram/instance-00000001_VARS.fd';
const of = (nvram: string): string => nvramOf(`<domain><os>\n  ${nvram}\n</os></domain>`, domain);

describe('the NVRAM of a domain', () => {
  it('is found in the text of its element, or in its source', () => {
    for (const nvram of [
      `<nvram>${path}</nvram>`,
      `<nvram template='/usr/share/OVMF/OVMF_VARS.fd'>${path}</nvram>`,
      `<nvram template="/usr/share/OVMF/OVMF_VARS.fd">\n    ${path}\n  </nvram>`,
      `<nvram type='file'>\n    <source file='${path}'/>\n  </nvram>`,
      `<nvram type="file"><source index="1" file="${path}"/></nvram>`,
    ]) {
      assert.equal(of(nvram), path, nvram);
    }
  });

  it('is nothing where there is none', () => {
    assert.equal(of(`<loader type='rom'>/usr/share/seabios/bios.bin</loader>`), '');
  });

  it('stops the step when it is there and its file can not be told, for it would go with the definition', () => {
    for (const nvram of [
      `<nvram type='network'><source protocol='iscsi' name='iqn.2013-07.com.example:iscsi-nopool/0'/></nvram>`,
      `<nvram type='block'><source dev='/dev/sdb1'/></nvram>`,
      `<nvram template='/usr/share/OVMF/OVMF_VARS.fd'/>`,
      `<nvram>/var/lib/a&amp;b</nvram>`,
      `<nvram>`,
      '<nvram></nvram>',
    ]) {
      assert.throws(() => of(nvram), { code: 'plan-refused' }, nvram);
    }
  });
});
