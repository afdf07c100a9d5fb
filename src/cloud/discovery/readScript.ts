/**
 * Reads configuration files of a host in one round trip: $1 what to put before every path (empty, but in tests),
 * $2 nonce, $3 `yes` when sudo may be used, $4 how many bytes of a file are read; then paths, where `*` stands for the
 * names in a folder.
 *
 * Every file is a line `<nonce> <state> <path> <contents> <errors and exit status>`, the last three in base64; the last
 * line is `<nonce> end`. The nonce is new for every call: nothing else on the host can look like an answer.
 *
 * Passwords that nobody asked for stay on the host: `keep` lets through section headers, and of all options only
 * those that are read here. It does not understand the files, which the parser does: what it hides it replaces by
 * something as short that the parser takes the same way, on the same line, so that continuation lines and errors stay
 * where they were. The last line of the contents is the number of bytes that were read.
 *
 * sudo is asked to run `cat <file>` and `ls -1 <folder>` and nothing else, so that sudoers may allow just those.
 */
export const readScript = `
LC_ALL=C LANG=C
export LC_ALL LANG
set -f
root=$1 nonce=$2 sudo=$3 limit=$4
shift 4
exec 5>&1

encode() {
  base64 | tr -d '\\n'
}

keep() {
  tr '\\000' '\\001' | awk '
    function show(line,   key) {
      if (line ~ /^[ \\t]/) { print (!wanted && line ~ /[A-Za-z0-9]/ ? " ." : line); return }
      wanted = 0
      if (line ~ /^[#;]/) { print "#"; return }
      if (line ~ /^\\[/) {
        section = substr(line, 2)
        sub(/\\].*/, "", section)
        if (section != "DEFAULT") section = tolower(section)
        print line
        return
      }
      if (line !~ /[:=]/) { print (line ~ /[A-Za-z0-9]/ ? "?" : line); return }
      key = line
      sub(/[:=].*/, "", key)
      if (key ~ /[A-Za-z0-9]/) {
        gsub(/[^A-Za-z0-9_.-]/, "", key)
        wanted = ((section " " key) in names)
        print (wanted ? line : "_=")
      } else print key "="
    }
    BEGIN {
      split("my_ip my_block_storage_ip host state_path instances_path pybasedir bindir", list, " ")
      for (i in list) names["DEFAULT " list[i]]
      split("api_database database placement_database", list, " ")
      for (i in list) { names[list[i] " connection"]; names[list[i] " connection_parameters"] }
      names["libvirt connection_uri"]
    }
    {
      total += length($0) + 1
      sub(/\\r$/, "")
      count = split($0, lines, "\\r")
      if (count == 0) show("")
      for (i = 1; i <= count; i++) show(lines[i])
    }
    END { print total + 0 }
  '
}

# $1 state, $2 path, then the command that prints the file
send() {
  state=$1 path=$2
  shift 2
  printf '%s %s %s ' "$nonce" "$state" "$(printf '%s' "$path" | encode)"
  said=$( { { "$@" </dev/null 2>&6; printf '\\n%s' "$?" >&6; } | head -c "$((limit + 1))" | keep | encode >&5; } 6>&1 )
  printf ' %s\\n' "$(printf '%s' "$said" | tail -c 500 | encode)"
}

say() {
  printf '%s %s %s  \\n' "$nonce" "$1" "$(printf '%s' "$2" | encode)"
}

# A folder above it may not be entered, so that nobody knows whether it is there.
hidden() {
  up=\${1%/*}
  while [ -n "$up" ] && ! [ -e "$up" ]; do up=\${up%/*}; done
  ! [ -x "\${up:-/}" ]
}

# Each try of somebody whom sudoers does not name is reported to the administrator: one is enough.
refused() {
  case $1 in
    *'not in the sudoers'*|*'may not run sudo'*|*'sudo: not found'*) sudo=no ;;
  esac
}

take() {
  full=$root$1
  if [ -f "$full" ] && [ -r "$full" ]; then
    send read "$1" cat "$full"
  elif [ -e "$full" ] && ! [ -f "$full" ]; then
    say odd "$1"
  elif ! [ -e "$full" ] && ! hidden "$full"; then
    say absent "$1"
  elif [ "$sudo" = yes ]; then
    send sudo "$1" sudo -n cat "$full"
    refused "$said"
  else
    say denied "$1"
  fi
}

# $1 a path with a star
spread() {
  before=\${1%%\\**} rest=\${1#*\\*}
  folder=\${before%/*} before=\${before##*/}
  full=$root$folder
  if ! [ -e "$full" ] && ! hidden "$full"; then return; fi
  if [ -r "$full" ] && [ -x "$full" ]; then
    found=$(ls -1 "$full" 2>/dev/null)
  elif [ "$sudo" = yes ]; then
    found=$(sudo -n ls -1 "$full" 2>&1) || {
      refused "$found"
      case $found in
        *'No such file'*) ;;
        *) say denied "$1" ;;
      esac
      return
    }
  else
    say denied "$1"
    return
  fi
  ending=
  case $rest in /*) ;; *) ending=$rest rest= ;; esac
  old=$IFS
  IFS='
'
  set -- $found
  IFS=$old
  for name in "$@"; do
    case $name in
      "$before"*"$ending") take "$folder/$name$rest" ;;
    esac
  done
}

for each in "$@"; do
  case $each in
    *'*'*) spread "$each" ;;
    *) take "$each" ;;
  esac
done
printf '%s end\\n' "$nonce"
`;
