import { localTypes } from '../evidence/storage';

/**
 * A shell function that tells storage which hosts share, by the same marks as a scan: see `isShared`. What it is not
 * sure of is shared. It comes after `hostFunctions`, in scripts that have the instances path in $instances.
 */
export const sharedFunctions = `
# Other hosts use the instances path too, or may: $1 is Nova's name of this one.
refuse_shared() {
  type=$(df --output=fstype -- "$instances" 2> /dev/null | awk 'END { print $1 }')
  case $type in
    ${[...localTypes].join('|')}) ;;
    *) refuse shared-storage "$type" ;;
  esac
  users=$instances/compute_nodes
  [ -e "$users" ] || [ -L "$users" ] || return 0
  names=$(tr -d '\\n' < "$users" | grep -o '"[^"]*"[[:space:]]*:' | sed 's/[[:space:]]*:$//')
  [ "$names" = "\\"$1\\"" ] || refuse shared-storage "$names"
}
`;
