#!/bin/bash
# Puts libvirt of a compute host into a container, as kolla-ansible 19 does (roles/nova-cell/defaults/main.yml), and back.
# Runs in the host's namespaces. The engine is a real podman; the image is this machine's own root filesystem.
# usage: container.sh start instead|beside [PODMAN RUN OPTIONS] | stop
#   instead: the host has neither virsh nor libvirtd, and shares /run with the container; beside: it keeps its own
set -e
work=/run/container

start() {
  kind=$1
  shift
  mkdir -p $work/root $work/layers $work/bin $work/storage $work/nova/instances $work/libvirt /var/lib/containers
  mount -t tmpfs none $work/layers
  mkdir $work/layers/{upper,work,bin-upper,bin-work}
  mount -t overlay -o lowerdir=/,upperdir=$work/layers/upper,workdir=$work/layers/work none $work/root
  mount --bind $work/storage /var/lib/containers
  # crun refuses to work where both versions of cgroups are mounted.
  if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
  volumes=(-v /etc/libvirt:/etc/libvirt -v $work/nova:/var/lib/nova)
  if [ "$kind" = instead ]; then
    kill "$(cat /run/libvirtd.pid)"
    while [ -e /run/libvirtd.pid ]; do sleep 0.1; done
    rm -f /run/libvirt/libvirt-sock*
    mount -t overlay -o lowerdir=/usr/bin,upperdir=$work/layers/bin-upper,workdir=$work/layers/bin-work none /usr/bin
    mv /usr/bin/virsh /usr/bin/hidden-virsh
    volumes+=(-v /run:/run:shared -v $work/libvirt:/var/lib/libvirt)
  fi
  podman --cgroup-manager=cgroupfs run -d --name nova_libvirt --rootfs --privileged --network host --pid host \
    "${volumes[@]}" "$@" $work/root /usr/sbin/libvirtd > /dev/null
  for _ in $(seq 100); do
    podman exec nova_libvirt virsh -c qemu:///system uri > /dev/null 2>&1 && return
    sleep 0.1
  done
  podman logs nova_libvirt >&2
  return 1
}

stop() {
  podman rm -f -t 0 nova_libvirt > /dev/null || true
  if [ -e /usr/bin/hidden-virsh ]; then
    umount -l /usr/bin
    rm -f /run/libvirt/libvirt-sock* /run/libvirtd.pid
    libvirtd --daemon --pid-file /run/libvirtd.pid
  fi
  umount -l /var/lib/containers $work/root $work/layers
  rm -rf $work
}

"$@"
