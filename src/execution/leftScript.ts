import { hostFunctions } from './hostScript';

/**
 * Looks where a step that was cut off left things, and changes nothing. Arguments: instances path, libvirt URI, UUID, name
 * of the directory or nothing, run, and the names that virsh may call the host by. Prints `ok <in its place: yes | no>
 * <in quarantine: yes | no> <being deleted there: yes | no> <state of the domain, or nothing>`.
 */
export const leftScript = `${hostFunctions}
instances=$1 uri=$2 uuid=$3 name=$4 run=$5
shift 5
prove "$uri" "$@"
list_domains "$uri"
state=
if has_domain "$uuid"; then
  state=$(virsh -c "$uri" domstate --domain "$uuid" 2> /dev/null) || refuse libvirt-silent ''
fi
here=no kept=no rest=no
if [ -n "$name" ]; then
  ls -a "$instances" > /dev/null 2>&1 || refuse missing "$instances"
  [ -e "$instances/$name" ] && here=yes
  [ -e "$instances/.openstack-zombies-quarantine/$run/$name" ] && kept=yes
  [ -e "$instances/.openstack-zombies-quarantine/$run/$name.deleting" ] && rest=yes
fi
printf 'ok %s %s %s %s\\n' "$here" "$kept" "$rest" "$state"
`;
