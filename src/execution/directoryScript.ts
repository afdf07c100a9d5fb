import { hostFunctions } from './hostScript';

const checks = `
# Ends without an answer, so that nobody takes the directory to be where it was.
lose() {
  printf '%s\\n' "$1" >&2
  exit 1
}

# Something has a file of directory $1 open, or works in it. Compared by inode, so that neither links nor the mount
# namespace of a container hide it.
in_use() {
  {
    find "$1" -printf 'ours %D:%i\\n'
    find -L /proc/[0-9]*/fd -mindepth 1 -maxdepth 1 -printf 'open %D:%i %p\\n' 2> /dev/null
    find -L /proc/[0-9]*/cwd /proc/[0-9]*/root -maxdepth 0 -printf 'open %D:%i %p\\n' 2> /dev/null
  } | awk '
    $1 == "ours" { ours[$2] = 1; next }
    { seen = 1 }
    $2 in ours { print $3; exit }
    END { if (!seen) print "/proc" }'
}

loop_device() {
  cat /sys/block/loop*/loop/backing_file 2> /dev/null | grep -F -- "$1/" | head -n 1
}

# A domain names a file of the directory with base name $2.
domain_using() {
  [ -n "$domains" ] || return 0
  commands=$(printf '%s\\n' "$domains" | sed -n 's/..*/dumpxml &;/p')
  xml=$(virsh -c "$1" "$commands" 2> /dev/null) || refuse libvirt-silent ''
  [ "$(printf '%s\\n' "$xml" | grep -c '</domain>')" = "$(printf '%s\\n' "$domains" | grep -c .)" ] || refuse libvirt-silent ''
  printf '%s\\n' "$xml" | grep -F -e "/$2/" -e "/$2'" -e "/$2\\"" | head -n 1
}
`;

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
    mkdir -p -m 0700 "$base" && ln "$backing" "$base/$image" || refuse backing-file "$backing"
    linked=$((linked + 1))
  fi
  keep_backing "$instances/_base/$image"
}
`;

/**
 * Checks an instance directory and, unless told to check only, takes it away in the same breath. Arguments:
 * instances path, libvirt URI, name of the directory, UUID, run, `check` | `quarantine` | `delete`, minutes without a
 * write, what a domain step before this one would stop (`active`, `inactive` or `nothing`: the check leaves out what that
 * domain causes), and the names that virsh may call the host by. Prints `ok <bytes> <number of images kept>`.
 */
export const directoryScript = `${hostFunctions}${checks}${quarantine}
instances=$1 uri=$2 name=$3 uuid=$4 run=$5 mode=$6 quiet=$7 stopping=$8
shift 8
dir=$instances/$name
prove "$uri" "$@"
[ "$(id -u)" = 0 ] || refuse not-root "$(id -un)"
[ -L "$dir" ] && refuse symlink "$dir"
[ -e "$dir" ] || refuse missing "$dir"
[ -d "$dir" ] || refuse no-directory "$dir"
[ "$(readlink -f "$dir")" = "$dir" ] || refuse symlink "$(readlink -f "$dir")"
awk -v dir="$dir" '$5 == dir || index($5, dir "/") == 1 { found = 1 } END { exit !found }' /proc/self/mountinfo &&
  refuse mount-point "$dir"
[ "$(stat -c %d "$dir")" = "$(stat -c %d "$instances")" ] || refuse other-file-system "$dir"

list_domains "$uri"
if [ "$stopping" = nothing ]; then
  has_domain "$uuid" && refuse domain "$uuid"
  used=$(domain_using "$uri" "$name")
  case $used in
    refused*) refuse libvirt-silent '' ;;
    ?*) refuse domain-file "$used" ;;
  esac
fi
if [ "$stopping" != active ]; then
  opened=$(in_use "$dir")
  [ -n "$opened" ] && refuse open-file "$opened"
  opened=$(loop_device "$dir")
  [ -n "$opened" ] && refuse open-file "$opened"
  written=$([ "$quiet" -gt 0 ] && find "$dir" -mmin "-$quiet" -print -quit)
  [ -n "$written" ] && refuse recently-written "$written"
fi
bytes=$(find "$dir" -type f -printf '%s\\n' | awk '{ bytes += $1 } END { printf "%.0f", bytes }')
linked=0
if [ "$mode" != check ]; then
  make_store "$instances" "$run"
  base=$kept/$name.base
  [ -e "$kept/$name" ] || [ -e "$base" ] && refuse occupied "$kept/$name"
  if [ "$mode" = quarantine ]; then
    for file in "$dir"/*; do
      [ -f "$file" ] && [ ! -L "$file" ] && keep_backing "$file"
    done
  fi
  mv -n -T "$dir" "$kept/$name"
  [ -d "$kept/$name" ] || refuse not-moved "$dir"
  [ -e "$dir" ] && lose "$dir was renamed to $kept/$name, and a new one is in its place"
  opened=$(in_use "$kept/$name")
  if [ -n "$opened" ]; then
    mv -n -T "$kept/$name" "$dir"
    [ -e "$kept/$name" ] && lose "$opened came into it, and it could not be renamed back: it is in $kept/$name"
    refuse open-file "$opened"
  fi
  if [ "$mode" = delete ]; then
    gentle=$(command -v ionice) && gentle="$gentle -c 3"
    nice -n 19 $gentle rm -rf --one-file-system "$kept/$name"
    [ -e "$kept/$name" ] && refuse not-removed "$kept/$name"
    rmdir "$kept" "$store" 2> /dev/null
  fi
fi
printf 'ok %s %s\\n' "$bytes" "$linked"
`;

/**
 * Renames a quarantined directory back, with the base images that were kept beside it. Arguments: instances path,
 * libvirt URI, name of the directory, run, `check` or `restore`, the last word of the run on it (`moving`: it may
 * never have left; `moved`: a directory in its place is another one), and the names that virsh may call the host by.
 * Prints `ok <bytes> 0`.
 */
export const restoreScript = `${hostFunctions}
instances=$1 uri=$2 name=$3 run=$4 mode=$5 word=$6
shift 6
dir=$instances/$name
store=$instances/.openstack-zombies-quarantine
kept=$store/$run
base=$kept/$name.base
prove "$uri" "$@"
if [ -d "$kept/$name" ] && [ ! -L "$kept/$name" ]; then
  [ -e "$dir" ] || [ -L "$dir" ] && refuse occupied "$dir"
elif [ "$word" != moving ] || [ ! -d "$dir" ]; then
  refuse not-kept "$kept/$name"
fi
if [ "$mode" = restore ]; then
  for image in "$base"/*; do
    [ -f "$image" ] || continue
    original=$instances/_base/\${image##*/}
    [ -e "$original" ] || ln "$image" "$original" || refuse backing-file "$original"
  done
  if [ ! -e "$dir" ]; then
    mv -n -T "$kept/$name" "$dir" && [ -d "$dir" ] && [ ! -e "$kept/$name" ] || refuse not-moved "$kept/$name"
  fi
  rm -rf "$base"
  rmdir "$kept" "$store" 2> /dev/null
fi
here=$dir
[ -d "$here" ] || here=$kept/$name
printf 'ok %s 0\\n' "$(find "$here" -type f -printf '%s\\n' | awk '{ bytes += $1 } END { printf "%.0f", bytes }')"
`;
