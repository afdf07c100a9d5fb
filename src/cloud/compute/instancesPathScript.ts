import { computePlaces } from '../discovery/places';

/**
 * Shell functions that read the instances path from the configuration of nova-compute, wherever the way OpenStack was
 * put on the host has it; they set $path, or refuse. oslo.config 9.0: the last assignment in [DEFAULT] counts.
 *
 * nova/conf/compute.py (2024.2) has `$state_path/instances` for instances_path, and every distribution /var/lib/nova for
 * state_path. Of all that a value may refer to only state_path is understood; the rest is for the settings to say.
 */
export const instancesPathFunctions = `
# What the files "$@" say together: \`path <path>\`, or \`odd <text>\`.
path_in() {
  awk '
    function trim(text) { gsub(/^[ \\t]+|[ \\t]+$/, "", text); return text }
    FNR == 1 { section = ""; key = "" }
    { sub(/[ \\t\\r]+$/, "") }
    /^[ \\t]/ { if (key in value) value[key] = value[key] "\\001" $0; next }
    { key = "" }
    /^[#;]/ || $0 == "" { next }
    /^\\[/ { section = $0; next }
    section == "[DEFAULT]" && match($0, /[:=]/) {
      key = trim(substr($0, 1, RSTART - 1))
      text = trim(substr($0, RSTART + 1))
      quote = substr(text, 1, 1)
      if ((quote == "\\"" || quote == "\\047") && quote == substr(text, length(text)))
        text = substr(text, 2, length(text) - 2)
      value[key] = text
    }
    END {
      state = ("state_path" in value) ? value["state_path"] : "/var/lib/nova"
      path = ("instances_path" in value) ? value["instances_path"] : "$state_path/instances"
      rest = path
      if (sub(/^\\$\\{state_path\\}/, "", rest) || (path ~ /^\\$state_path([^._a-zA-Z0-9]|$)/ && sub(/^\\$state_path/, "", rest)))
        path = state rest
      sub(/\\/+$/, "", path)
      good = path ~ /^(\\/[^\\/]+)+$/ && path !~ /\\/\\.\\.?(\\/|$)/ && path !~ /[$\\001-\\037\\177]/
      print (good ? "path " : "odd ") path
    }' "$@"
}

# Who may not enter a folder does not learn what is in it.
is_hidden() {
  up=\${1%/*}
  while [ -n "$up" ] && ! [ -e "$up" ]; do up=\${up%/*}; done
  ! [ -x "\${up:-/}" ] || ! [ -r "\${up:-/}" ]
}

# $1 are the files of which one must be there, $2 all that are read, in their order.
read_place() {
  present=
  for file in $1; do
    if [ -e "$file" ]; then
      present=yes
    elif is_hidden "$file"; then
      refuse hidden-configuration "$file"
    fi
  done
  [ -n "$present" ] || return 0
  set -- $2
  for file in "$@"; do
    shift
    [ -e "$file" ] || continue
    [ -r "$file" ] || refuse hidden-configuration "$file"
    set -- "$@" "$file"
  done
  said=$(path_in "$@") || refuse hidden-configuration "$*"
  case $said in
    'path '*) ;;
    *) refuse odd-path "$* \${said#odd }" ;;
  esac
  [ -z "$path" ] || [ "$path" = "\${said#path }" ] || refuse two-paths "$path \${said#path }"
  path=\${said#path }
}

read_instances_path() {
  path=
${computePlaces.map(({ own, layers }) => `  read_place '${own.join(' ')}' '${layers.join(' ')}'`).join('\n')}
  path=\${path:-/var/lib/nova/instances}
}
`;
