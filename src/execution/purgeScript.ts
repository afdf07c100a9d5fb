import { hostFunctions } from './hostScript';
import { removalFunctions } from './removalScript';
import { useFunctions } from './useScript';

/**
 * Deletes one place of the quarantine, what a cut-off deletion left of it, and the base images that were kept beside it.
 * Arguments: instances path, libvirt URI, run, place, `check` | `purge`, the last word of the journal on it (after
 * `moving`, `deleting` and `purging` nobody knows whether anything is there), and the names that virsh may call the host
 * by. Prints `ok <bytes>`.
 */
export const purgeScript = `${hostFunctions}${useFunctions}${removalFunctions}
instances=$1 uri=$2 run=$3 item=$4 mode=$5 word=$6
shift 6
store=$instances/.openstack-zombies-quarantine
kept=$store/$run
whole=\${item%.deleting}
prove "$uri" "$@"
[ "$(id -u)" = 0 ] || refuse not-root "$(id -un)"
[ -L "$store" ] && refuse symlink "$store"
[ -L "$kept" ] && refuse symlink "$kept"
list_domains "$uri"
bytes=0 found=
for each in "$item" "$whole.deleting" "$whole.base"; do
  place=$kept/$each
  [ -e "$place" ] || [ -L "$place" ] || continue
  found=yes
  prove_directory "$place"
  refuse_domain_file "$uri" "$run/$each"
  case $each in
    # The images are Nova's as well, and may be in use.
    *.base) ;;
    *) refuse_open "$place" ;;
  esac
  bytes=$((bytes + $(size_of "$place")))
done
if [ -z "$found" ]; then
  case $word in
    moving|deleting|purging) ;;
    *) refuse not-kept "$kept/$item" ;;
  esac
fi
if [ "$mode" = purge ]; then
  [ -e "$kept/$whole.deleting" ] && delete_directory "$kept/$whole.deleting"
  [ -e "$kept/$item" ] && delete_directory "$kept/$item"
  rm -rf --one-file-system "$kept/$whole.base"
  [ -e "$kept/$whole.base" ] && refuse not-removed "$kept/$whole.base"
  leave_store
fi
printf 'ok %s\\n' "$bytes"
`;
