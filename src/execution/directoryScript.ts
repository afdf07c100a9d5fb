import { hostFunctions } from './hostScript';
import { removalFunctions } from './removalScript';
import { sharedFunctions } from './sharedScript';
import { useFunctions } from './useScript';

const quarantine = `
# The backing file that the header of qcow2 file $1 names (docs/interop/qcow2.txt of QEMU), in $backing.
read_backing() {
  backing=
  [ "$(od -An -tx1 -N4 "$1" | tr -d ' \\n')" = 514649fb ] || return 0
  file=$1
  set -- $(od -An -tu1 -j8 -N12 "$file")
  offset=$(((((((($1 * 256 + $2) * 256 + $3) * 256 + $4) * 256 + $5) * 256 + $6) * 256 + $7) * 256 + $8))
  size=$(((($9 * 256 + \${10}) * 256 + \${11}) * 256 + \${12}))
  [ "$offset" -gt 0 ] && [ "$size" -gt 0 ] && [ "$size" -lt 1024 ] || return 0
  backing=$(dd if="$file" bs=1 skip="$offset" count="$size" 2> /dev/null)
}

# Nova's image cache removes a base image that no instance uses any more: a hard link in $base keeps it.
keep_backing() {
  read_backing "$1"
  case $backing in
    "$instances"/_base/*) ;;
    *) return 0 ;;
  esac
  image=\${backing#"$instances"/_base/}
  case $image in
    */*) return 0 ;;
  esac
  [ -f "$backing" ] && [ ! -L "$backing" ] || return 0
  if [ ! -e "$base/$image" ]; then
    said=$({ mkdir -p -m 0700 "$base" && ln "$backing" "$base/$image"; } 2>&1) || {
      rm -rf "$base"
      leave_store
      refuse backing-file "$said"
    }
    linked=$((linked + 1))
  fi
  keep_backing "$instances/_base/$image"
}
`;

/**
 * Checks an instance directory and, unless told to check only, takes it away in the same breath. Arguments:
 * instances path, libvirt URI, name of the directory, UUID, run, `check` | `quarantine` | `delete`, minutes without a
 * write, what a domain step before this one would stop (`active`, `inactive` or `nothing`: the check leaves out what that
 * domain causes), Nova's name of the host, `alone` when no other host has the instance, and the names that virsh may call
 * the host by. Prints `ok <bytes> <number of images kept>`.
 */
export const directoryScript = `${hostFunctions}${useFunctions}${removalFunctions}${sharedFunctions}${quarantine}
instances=$1 uri=$2 name=$3 uuid=$4 run=$5 mode=$6 quiet=$7 stopping=$8 host=$9
shift 9
alone=$1
shift
dir=$instances/$name
prove "$uri" "$@"
[ "$(id -u)" = 0 ] || refuse not-root "$(id -un)"
[ -L "$dir" ] || [ -e "$dir" ] || refuse missing "$dir"
prove_directory "$dir"
[ "$alone" = alone ] || refuse_shared "$host"

list_domains "$uri"
if [ "$stopping" = nothing ]; then
  has_domain "$uuid" && refuse domain "$uuid"
  refuse_domain_file "$uri" "$name"
fi
if [ "$stopping" != active ]; then
  refuse_open "$dir"
  written=$([ "$quiet" -gt 0 ] && find "$dir" -mmin "-$quiet" -print -quit)
  [ -n "$written" ] && refuse recently-written "$written"
fi
bytes=$(size_of "$dir")
linked=0
if [ "$mode" != check ]; then
  is_mounted "$instances/.openstack-zombies-quarantine" && refuse mount-point "$instances/.openstack-zombies-quarantine"
  make_store "$instances" "$run"
  base=$kept/$name.base
  place=$kept/$name
  [ "$mode" = delete ] && place=$place.deleting
  for taken in "$place" "$base"; do
    [ -e "$taken" ] && refuse occupied "$taken"
  done
  if [ "$mode" = quarantine ]; then
    for file in "$dir"/*; do
      [ -f "$file" ] && [ ! -L "$file" ] && keep_backing "$file"
    done
  fi
  said=$(mv -n -T "$dir" "$place" 2>&1)
  if [ ! -d "$place" ]; then
    rm -rf "$base"
    leave_store
    refuse not-moved "$dir $said"
  fi
  [ -e "$dir" ] && lose "$dir was renamed to $place, and a new one is in its place"
  opened=$(in_use "$place")
  if [ -n "$opened" ]; then
    mv -n -T "$place" "$dir"
    [ -e "$place" ] && lose "$opened came into it, and it could not be renamed back: it is in $place"
    rm -rf "$base"
    leave_store
    refuse open-file "$opened"
  fi
  if [ "$mode" = delete ]; then
    delete_directory "$place"
    leave_store
  fi
fi
printf 'ok %s %s\\n' "$bytes" "$linked"
`;

/** Tells whether an earlier deletion was cut off. Arguments: instances path, libvirt URI, name of the directory, run,
 * and the names that virsh may call the host by. Prints `ok <its rest is there: 1 | 0> <the directory is there: 1 | 0>`. */
export const restScript = `${hostFunctions}
instances=$1 uri=$2 name=$3 run=$4
shift 4
prove "$uri" "$@"
rest=0 there=0
[ -e "$instances/.openstack-zombies-quarantine/$run/$name.deleting" ] && rest=1
[ -e "$instances/$name" ] && there=1
printf 'ok %s %s\\n' "$rest" "$there"
`;
