/**
 * Shell functions that every script on a host begins with. A script ends by printing one line, `ok ...` or
 * `refused <reason> <detail>`, and exits 0; anything else is a failure of the script.
 */
export const hostFunctions = `
LC_ALL=C
export LC_ALL

refuse() {
  printf 'refused %s %s\\n' "$1" "$2"
  exit 0
}

# The machine is the one that Nova means, and its system libvirt answers: $1 is the URI, then come the names.
prove() {
  command -v virsh > /dev/null 2>&1 || refuse virsh-missing ''
  asked=$1
  shift
  called=$(virsh -c "$asked" hostname 2> /dev/null) || refuse libvirt-silent ''
  answered=$(virsh -c "$asked" uri 2> /dev/null) || refuse libvirt-silent ''
  case $answered in
    */session*) refuse session-libvirt "$answered" ;;
  esac
  for known in "$@"; do
    [ "$called" = "$known" ] && return 0
  done
  refuse wrong-machine "$called"
}

# UUIDs of all domains in $domains.
list_domains() {
  domains=$(virsh -c "$1" list --all --uuid 2> /dev/null) || refuse libvirt-silent ''
}

has_domain() {
  printf '%s\\n' "$domains" | grep -Fxq -- "$1"
}

# Makes the store of what is kept of this run, or leaves nothing: $1 is the instances path, $2 the run.
make_store() {
  store=$1/.openstack-zombies-quarantine
  kept=$store/$2
  [ -L "$store" ] && refuse symlink "$store"
  [ -L "$kept" ] && refuse symlink "$kept"
  said=$({ mkdir -p -m 0700 "$store" && chmod 0700 "$store" && mkdir -p -m 0700 "$kept"; } 2>&1) || {
    leave_store
    refuse no-store "$said"
  }
  [ "$(stat -c %d "$kept")" = "$(stat -c %d "$1")" ] || refuse other-file-system "$store"
}

# What is empty of the store goes.
leave_store() {
  rmdir "$kept" "$store" 2> /dev/null
}
`;
