# What the runtime unshare does as the first process of a cell's namespaces: it makes the mounts that are listed in a file,
# in their order, and then becomes the command that changes the root. Nothing here knows what is in the cell.
# Arguments: mount(8), the root, the file, and the command with its arguments.
# Fact sheet: upstream src/runtime/linux.rs, which does the same by calls of mount(8).

mount=$1 root=$2 list=$3
shift 3

fail() {
  printf 'cupel: %s\n' "$1" >&2
  exit 125
}

# Words are octal-escaped (printf %b); a dot keeps a final newline alive.
decode() {
  value=$1
  case $1 in *\\*) value=$(printf '%b.' "$1") && value=${value%.} ;; esac
}

# Makes what a mount needs to be mounted on, component by component; a link is never followed.
prepare() {
  at=$root rest=$2
  while [ -n "$rest" ]; do
    name=${rest%%/*}
    case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
    case $name in '') continue ;; . | ..) fail "the mount target $2 has a part $name" ;; esac
    at=$at/$name
    [ ! -L "$at" ] || fail "the mount target $2 traverses a symlink at $at"
    if [ -n "$rest" ] || [ "$1" = directory ]; then
      [ -d "$at" ] || mkdir "$at" || exit 125
    elif [ -d "$at" ]; then
      fail "the mount target $2 is a directory at $at"
    elif [ ! -e "$at" ]; then
      (set -C && : >"$at") || exit 125
    fi
  done
}

while IFS=' ' read -r type options source target; do
  decode "$source" && source=$value
  decode "$target" && target=$value
  decode "$options" && options=$value
  case $type in
    bind | rbind)
      [ -e "$source" ] || fail "missing bind mount source $source"
      if [ -d "$source" ]; then kind=directory; else kind=file; fi
      prepare "$kind" "$target"
      "$mount" "--$type" "$source" "$root$target" || exit 125
      [ "$options" = - ] || "$mount" -o "remount,bind,$options" "$root$target" || exit 125
      ;;
    *)
      prepare directory "$target"
      if [ "$options" = - ]; then
        "$mount" -t "$type" "$source" "$root$target" || exit 125
      else
        "$mount" -t "$type" -o "$options" "$source" "$root$target" || exit 125
      fi
      ;;
  esac
done <"$list"

exec "$@"
