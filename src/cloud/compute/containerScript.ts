/**
 * Shell functions that find the container of libvirt; they set $enter, the command that leads into it, or refuse.
 *
 * kolla-ansible 19 (2024.2), roles/nova-cell/defaults/main.yml, nova-libvirt: the container is called nova_libvirt, is
 * privileged, shares the host's processes (pid_mode) and /run, and has the volume with Nova's folder at /var/lib/nova.
 *
 * The way in is nsenter and not `docker exec`: a client that is told to end leaves its process in the container
 * running (moby/moby issue 9098), and a script that was given up must end. The engine only says where the container is.
 */
export const containerFunctions = `
# Engines and ids of running containers with name $1, in $found; engines that did not answer, in $silent.
find_container() {
  found= silent=
  for engine in docker podman; do
    command -v "$engine" > /dev/null 2>&1 || continue
    if listed=$(timeout 5 "$engine" ps --no-trunc --format '{{.ID}} {{.Names}}' 2> /dev/null < /dev/null); then
      for id in $(printf '%s\\n' "$listed" | awk -v wanted="$1" '
        { count = split($2, names, ","); for (i = 1; i <= count; i++) if (names[i] == wanted) print $1 }'); do
        # podman may answer by the name of docker as well
        case $found in
          *":$id "*) ;;
          *) found="$found$engine:$id " ;;
        esac
      done
    else
      silent="$silent$engine "
    fi
  done
}

# $1 is the name, and $found what has it.
enter_found() {
  name=$1
  set -- $found
  [ "$#" = 1 ] || refuse several-containers "$name"
  [ "$(id -u)" = 0 ] || refuse not-root "$name"
  command -v nsenter > /dev/null 2>&1 || refuse no-nsenter "$name"
  first=$(timeout 5 "\${1%%:*}" inspect --format '{{.State.Pid}}' "\${1#*:}" 2> /dev/null < /dev/null)
  case $first in
    ''|0|*[!0-9]*) refuse no-container "$name" ;;
  esac
  # Without the host's processes nobody inside can tell which files are in use.
  [ "$(readlink "/proc/$first/ns/pid")" = "$(readlink /proc/self/ns/pid)" ] || refuse own-processes "$name"
  enter="nsenter --target $first --mount --root --wd --"
}

sockets() {
  "$@" stat -L -c '%n %d:%i' /run/libvirt/libvirt-sock /run/libvirt/virtqemud-sock 2> /dev/null
}

# A virsh of the host that reaches the container's own libvirt is no second one.
refuse_two() {
  command -v virsh > /dev/null 2>&1 || return 0
  outside=$(sockets env)
  [ -n "$outside" ] && [ "$outside" = "$(sockets $enter)" ] && return 0
  timeout 10 virsh -q -c "$uri" uri > /dev/null 2>&1 < /dev/null && refuse two-libvirts "$1"
  return 0
}

# $1 is the name that the settings give, \`none\`, or nothing.
choose_container() {
  enter=
  [ "$1" = none ] && return 0
  find_container "\${1:-nova_libvirt}"
  if [ -n "$found" ]; then
    enter_found "\${1:-nova_libvirt}"
    [ -n "$1" ] || refuse_two nova_libvirt
  elif [ -n "$1" ]; then
    [ -z "$silent" ] || refuse silent-engine "$silent"
    refuse no-container "$1"
  elif [ -n "$silent" ] && ! command -v virsh > /dev/null 2>&1; then
    refuse silent-engine "$silent"
  fi
}
`;
