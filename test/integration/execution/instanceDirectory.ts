export const host = 'compute-01';
export const uuid = 'c0ffee00-0000-4000-8000-000000000001';
export const instances = '/var/lib/nova/instances';
export const path = `${instances}/${uuid}`;

/** Makes a directory as Nova does, with a disk on a base image, and takes away what other tests left. */
export const plantDirectory = `
  cd ${instances}
  rm -rf ${uuid}* .openstack-zombies-quarantine _base/0123abcd elsewhere
  qemu-img create -q -f raw _base/0123abcd 1M
  mkdir ${uuid}
  qemu-img create -q -f qcow2 -F raw -b ${instances}/_base/0123abcd ${uuid}/disk 10M
  printf 'some text' > ${uuid}/console.log
  touch -d '10 days ago' ${uuid}/disk ${uuid}/console.log _base/0123abcd ${uuid}`;

/** Inodes, sizes and times; that of _base itself changes when an image in it comes or goes. */
export const listing = `cd ${instances}; find . -mindepth 1 ! -path ./_base -printf '%p %y %i %m %s %T@\\n' | sort`;
