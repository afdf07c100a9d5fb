import { containerFunctions } from './containerScript';
import { instancesPathFunctions } from './instancesPathScript';

export const placeRefused = 'openstack-zombies-place';
export const placeRefusedCode = 97;

/**
 * Runs another script on a compute host where Nova's libvirt and instances are: $1 the container as the settings name
 * it, or nothing; $2 libvirt URI; $3 the instances path as the settings have it, or nothing; $4 the one that was seen
 * when the work was planned, or nothing; $5 the script; then its own arguments. The script gets the instances path as
 * its $1, the libvirt URI as its $2, and its arguments after these.
 * Where the place is not certain nothing of the script is run: one line `openstack-zombies-place <reason> <detail>`.
 */
export const placeScript = `
LC_ALL=C LANG=C
export LC_ALL LANG
container=$1 uri=$2 path=$3 planned=$4 script=$5
shift 5

refuse() {
  printf '${placeRefused} %s %s\\n' "$1" "$2"
  exit ${placeRefusedCode}
}
${containerFunctions}${instancesPathFunctions}
choose_container "$container"
[ -n "$path" ] || read_instances_path
[ -z "$planned" ] || [ "$planned" = "$path" ] || refuse other-path "$path"
exec $enter sh -c "$script" sh "$path" "$uri" "$@"
`;
