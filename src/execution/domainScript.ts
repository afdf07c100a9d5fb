import { hostFunctions } from './hostScript';

/** Domain $uuid is there, and runs exactly when it should: $expected is `active` or `inactive`. */
const find = `
list_domains "$uri"
has_domain "$uuid" || refuse no-domain "$uuid"
state=$(virsh -c "$uri" domstate --domain "$uuid" 2> /dev/null) || refuse libvirt-silent ''
active=inactive
running=$(virsh -c "$uri" list --uuid 2> /dev/null) || refuse libvirt-silent ''
printf '%s\\n' "$running" | grep -Fxq -- "$uuid" && active=active
[ "$active" = "$expected" ] || refuse domain-state "$state"
saved=no
virsh -c "$uri" dominfo --domain "$uuid" 2> /dev/null | grep -q '^Managed save: *yes' && saved=yes
points=$({
  virsh -c "$uri" snapshot-list --domain "$uuid" --name
  virsh -c "$uri" checkpoint-list --domain "$uuid" --name
} 2> /dev/null | grep -c .)
`;

/**
 * Shows a domain. Arguments: instances path, libvirt URI, UUID, `active` | `inactive`, and the names that virsh may call
 * the host by. Prints `ok <managed save: yes | no> <number of snapshots and checkpoints>`, then its XML.
 */
export const showDomainScript = `${hostFunctions}
uri=$2 uuid=$3 expected=$4
shift 4
prove "$uri" "$@"
${find}
xml=$(virsh -c "$uri" dumpxml --domain "$uuid" --inactive --security-info 2> /dev/null) ||
  xml=$(virsh -c "$uri" dumpxml --domain "$uuid" 2> /dev/null) || refuse libvirt-silent ''
printf 'ok %s %s\\n%s\\n' "$saved" "$points" "$xml"
`;

/**
 * Stops a domain and removes its definition. What belongs to it and would go with it (NVRAM, TPM) is copied first.
 * Arguments: instances path, libvirt URI, UUID, `active` | `inactive`, run, path of the NVRAM or nothing, and the
 * names that virsh may call the host by. Prints `ok <number of things copied> <instances path>`. Old virsh lacks some of the flags.
 */
export const removeDomainScript = `${hostFunctions}
instances=$1 uri=$2 uuid=$3 expected=$4 run=$5 nvram=$6
shift 6
prove "$uri" "$@"
${find}
copied=0
keep_copy() {
  [ -e "$1" ] || return 0
  [ -n "$kept" ] || make_store "$instances" "$run"
  said=$({ mkdir -p -m 0700 "$kept/$uuid.domain" && cp -a "$1" "$kept/$uuid.domain/"; } 2>&1) || {
    rm -rf "$kept/$uuid.domain"
    leave_store
    refuse not-copied "$said"
  }
  copied=$((copied + 1))
}
undefine() {
  virsh -c "$uri" undefine --domain "$uuid" "$@" > /dev/null 2>&1
}
# What it had in memory is lost by now, and whoever reads the answer has to know.
left() {
  [ "$active" = active ] && refuse stopped-only "$1"
  refuse not-undefined "$1"
}
look_again() {
  domains=$(virsh -c "$uri" list --all --uuid 2> /dev/null) || left 'libvirt does not answer'
}
kept=
[ -n "$nvram" ] && keep_copy "$nvram"
keep_copy "/var/lib/libvirt/swtpm/$uuid"
if [ "$active" = active ]; then
  said=$(virsh -c "$uri" destroy --domain "$uuid" 2>&1) || refuse not-stopped "$said"
fi
look_again
if has_domain "$uuid"; then
  undefine --managed-save --nvram --snapshots-metadata --checkpoints-metadata ||
    undefine --managed-save --nvram --snapshots-metadata ||
    undefine --managed-save --snapshots-metadata ||
    undefine --managed-save ||
    said=$(virsh -c "$uri" undefine --domain "$uuid" 2>&1) || left "$said"
fi
look_again
has_domain "$uuid" && left "$uuid"
printf 'ok %s %s\\n' "$copied" "$instances"
`;
