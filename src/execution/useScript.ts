/**
 * Shell functions that tell whether anything uses a directory. They come after `hostFunctions`, in scripts that have the
 * instances path in $instances.
 */
export const useFunctions = `
# Ends without an answer, so that nobody takes the directory to be where it was.
lose() {
  printf '%s\\n' "$1" >&2
  exit 1
}

size_of() {
  find "$1" -xdev -type f -printf '%s\\n' | awk '{ bytes += $1 } END { printf "%.0f", bytes }'
}

# $1 is a mount point, or there is one below it.
is_mounted() {
  awk -v dir="$1" '$5 == dir || index($5, dir "/") == 1 { found = 1 } END { exit !found }' /proc/self/mountinfo
}

# $1 is the very directory that its path says, and its own only: no link on the way, nothing mounted.
prove_directory() {
  [ -L "$1" ] && refuse symlink "$1"
  [ -d "$1" ] || refuse no-directory "$1"
  [ "$(readlink -f "$1")" = "$1" ] || refuse symlink "$(readlink -f "$1")"
  is_mounted "$1" && refuse mount-point "$1"
  [ "$(stat -c %d "$1")" = "$(stat -c %d "$instances")" ] || refuse other-file-system "$1"
}

# Something has a file of directory $1 open or mapped, or works in it. Compared by inode, so that neither links nor the
# mount namespace of a container hide it.
in_use() {
  {
    find "$1" -printf 'ours %D:%i\\n'
    find -L /proc/[0-9]*/fd /proc/[0-9]*/map_files -mindepth 1 -maxdepth 1 -printf 'open %D:%i %p\\n' 2> /dev/null
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

refuse_open() {
  opened=$(in_use "$1")
  [ -n "$opened" ] && refuse open-file "$opened"
  opened=$(loop_device "$1")
  [ -n "$opened" ] && refuse open-file "$opened"
  return 0
}

# A domain names a file of the directory whose path ends in $2.
domain_using() {
  [ -n "$domains" ] || return 0
  commands=$(printf '%s\\n' "$domains" | sed -n 's/..*/dumpxml &;/p')
  xml=$(virsh -c "$1" "$commands" 2> /dev/null) || refuse libvirt-silent ''
  [ "$(printf '%s\\n' "$xml" | grep -c '</domain>')" = "$(printf '%s\\n' "$domains" | grep -c .)" ] || refuse libvirt-silent ''
  printf '%s\\n' "$xml" | grep -F -e "/$2/" -e "/$2'" -e "/$2\\"" | head -n 1
}

refuse_domain_file() {
  used=$(domain_using "$1" "$2")
  case $used in
    refused*) refuse libvirt-silent '' ;;
    ?*) refuse domain-file "$used" ;;
  esac
}
`;
