import { hostFunctions } from './hostScript';
import { useFunctions } from './useScript';

/**
 * Renames a quarantined directory back, with the base images that were kept beside it. Arguments: instances path,
 * libvirt URI, name of the directory, run, `check` or `restore`, the last word of the run on it (`moving`: it may
 * never have left; `moved`: a directory in its place is another one), and the names that virsh may call the host by.
 * Prints `ok <bytes> 0`.
 */
export const restoreScript = `${hostFunctions}${useFunctions}
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
  leave_store
fi
here=$dir
[ -d "$here" ] || here=$kept/$name
printf 'ok %s 0\\n' "$(size_of "$here")"
`;
