/**
 * What is asked of a compute host, in one round trip: $1 instances path, $2 libvirt URI, $3 nonce.
 *
 * Every answer is a line `<nonce> <name> <output and exit status> <errors>`, both in base64, so that no name of a file
 * or a domain can look like an answer; the last line is `<nonce> end`. The nonce is new for every call: what a shell's
 * start-up files print, or a tenant wrote into a domain's metadata, is never taken for an answer.
 */
export const hostScript = `
LC_ALL=C LANG=C
export LC_ALL LANG
path=$1 uri=$2 nonce=$3
exec 5>&1

answer() {
  printf '%s %s ' "$nonce" "$1"
  shift
  errors=$( { { "$@" </dev/null; printf '\\n%s' "$?"; } 2>&6 | base64 | tr -d '\\n' >&5; } 6>&1 )
  printf ' %s\\n' "$(printf '%s' "$errors" | head -c 4000 | base64 | tr -d '\\n')"
}

ask() {
  timeout 20 virsh -q -c "$uri" "$@"
}

# One virsh for many domains; its command line may not become too long.
describe() {
  commands= count=0
  for id in $(ask list --all --uuid); do
    commands="$commands
echo $nonce:$id:
domstate $id
echo $nonce:
dumpxml $id"
    count=$((count + 1))
    if [ "$count" -ge 200 ]; then
      ask "$commands"
      commands= count=0
    fi
  done
  [ -z "$commands" ] || ask "$commands"
  printf '%s.' "$nonce"
}

# qemu's own tools are no guests, and neither is a process that has ended.
guests() {
  [ -r /proc/1/comm ] || { echo 'the processes of other users are hidden' >&2; return 3; }
  for process in /proc/[0-9]*; do
    { read -r name <"$process/comm"; } 2>/dev/null || continue
    case $name in
      qemu-img*|qemu-nbd*|qemu-io*|qemu-ga*|qemu-storage*|qemu-pr-help*|qemu-bridge*|qemu-vhost*) continue ;;
      qemu*|kvm) ;;
      *) continue ;;
    esac
    line=$(tr '\\0' '\\n' <"$process/cmdline" 2>/dev/null)
    [ -z "$line" ] || printf '%s %s\\n' "\${process#/proc/}" "$(printf '%s\\n' "$line" | sed -n '/^-uuid$/{n;p;q;}')"
  done
}

entries() {
  ls -d -- "$path/." >/dev/null && CDPATH= cd -- "$path" || return 3
  find . -mindepth 1 -regextype posix-extended -regex '\\./[^/]*' \\
    ! -regex '\\./[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(_resize|_del)?' -prune \\
    -o -printf '%y %s %T@ %P\\0'
}

answer clock date +%s
answer path printf %s "$path"
answer uri ask uri
answer hostname ask hostname
answer described describe
answer listed ask list --all --uuid
answer guests guests
answer entries entries
answer storage df --output=fstype -- "$path"
answer users cat -- "$path/compute_nodes"
answer compute_id cat /var/lib/nova/compute_id
printf '%s end\\n' "$nonce"
`;

export const answerNames = [
  'clock',
  'path',
  'uri',
  'hostname',
  'described',
  'listed',
  'guests',
  'entries',
  'storage',
  'users',
  'compute_id',
] as const;

export type AnswerName = (typeof answerNames)[number];
