/**
 * Shell functions that remove a directory of the quarantine. They come after `useFunctions`. What is cut off leaves a
 * directory with a name that ends in `.deleting`, which a later run finishes.
 */
export const removalFunctions = `
# Directory $1 goes, with word of it on the way: \`at <bytes gone> <bytes in all>\`, a hundred lines at most. A large file
# without another name is cut off at its end piece by piece: in one go it would block the file system, and say nothing.
remove_gently() {
  all=$(size_of "$1")
  piece=$((all / 64 + 1048576))
  renice -n 19 -p $$ > /dev/null 2>&1
  ionice -c 3 -p $$ > /dev/null 2>&1
  export all piece
  find "$1" -xdev -type f -links 1 -size "+\${piece}c" -exec sh -c '
    top=$1
    shift
    for file in "$@"; do
      size=$(stat -c %s "$file")
      while [ "$size" -gt "$piece" ]; do
        size=$((size - piece))
        truncate -s "$size" "$file" 2> /dev/null || break
        left=$(find "$top" -xdev -type f -printf "%s\\\\n" | awk "{ bytes += \\$1 } END { printf \\"%.0f\\", bytes }")
        printf "at %s %s\\\\n" "$((all - left))" "$all"
      done
    done' sh "$1" {} +
  gone=$((all - $(size_of "$1")))
  find "$1" -xdev -type f -printf '%s\\n' -delete 2> /dev/null | awk -v gone="$gone" -v all="$all" -v piece="$piece" '
    { gone += $1 }
    gone - told >= piece { told = gone; printf "at %.0f %.0f\\n", gone, all; fflush() }'
  rm -rf --one-file-system "$1" 2> /dev/null
}

# Directory $1 is renamed to \`.deleting\`, and it is gone when this returns.
delete_directory() {
  case $1 in
    *.deleting) doomed=$1 ;;
    *) doomed=$1.deleting ;;
  esac
  if [ "$1" != "$doomed" ]; then
    mv -n -T "$1" "$doomed"
    [ -e "$1" ] && refuse not-moved "$1"
  fi
  remove_gently "$doomed"
  [ -e "$doomed" ] && refuse not-removed "$doomed"
  return 0
}
`;
