#!/bin/bash
# The first process of a compute host: runs in mount, UTS and PID namespaces of its own, which end with it.
# usage: init.sh DIRECTORY NAME
set -e
directory=$1 name=$2
hostname "$name"
mount --bind "$directory/var-lib-libvirt" /var/lib/libvirt
mount --bind "$directory/etc-libvirt" /etc/libvirt
mount --bind "$directory/log" /var/log/libvirt
mount --bind "$directory/../../libvirt-cache" /var/cache/libvirt
mount --bind "$directory/nova" /var/lib/nova
# What this machine has of OpenStack is nothing of the host's.
mount --bind "$directory/etc-nova" /etc/nova
mount --bind "$directory/etc-kolla" /etc/kolla
mount --bind "$directory/run" /run
# A shell over SSH shall start as on a fresh server, not with what this machine's root made of his.
for file in /root/.bashrc /root/.bash_profile /root/.bash_login /root/.profile; do
  if [ -e "$file" ]; then mount --bind /dev/null "$file"; fi
done
libvirtd --daemon --pid-file /run/libvirtd.pid
/usr/sbin/sshd -f "$directory/sshd_config"
: > "$directory/ready"
# Bash reaps what loses its parent here; libvirt waits for ever for a domain that stays defunct.
sleep infinity &
wait
