# The step that cupel runs inside a cell. It answers the questions of /.cupel/questions and knows nothing of what is
# expected. Answers are framed with a nonce read from standard input. Nothing here changes anything outside the cell.
# The first lines (which interpreter, and whether it has some tools within) are put in front when a cell is made.

if [ ! -f /.cupel/marker ]; then
  echo 'cupel: this is not a cell of cupel (no marker): nothing was done'
  exit 97
fi
if [ ! -x /.cupel/busybox ]; then
  tool() { name=$1; shift; "/.cupel/$name" "$@"; }
elif [ "$within" = yes ] && [ -e /proc/self/exe ]; then
  # Nearly all questions are these, and a program is not to be started anew for each; the shell does them in its child.
  tool() { case $1 in stat | head | ls) "$@" ;; *) /.cupel/busybox "$@" ;; esac; }
else
  tool() { /.cupel/busybox "$@"; }
fi

IFS= read -r nonce || exit 98
case $nonce in '' | *[!0-9a-f]*) exit 98 ;; esac

# A cell whose mount namespace is the jail's own has escaped: say that, and nothing else.
{ IFS= read -r jail && IFS= read -r kernel; } </.cupel/jail
mine=$(tool readlink /proc/self/ns/mnt)
# A runtime with a kernel of its own may not show namespaces; nothing done there reaches the kernel of the jail.
[ -n "$mine" ] || [ "$(tool uname -r)" = "$kernel" ] || mine='another kernel'
if [ "$mine" = "$jail" ]; then
  printf '\n%s escaped\n' "$nonce"
  exit 96
fi

# The /proc that is mounted may be that of another pid namespace, where this process has another number.
own=$$
if [ -r /proc/self/stat ]; then IFS=' ' read -r own _ </proc/self/stat; fi

# Taken before anything is redirected.
terminal=
for fd in 0 1 2; do
  if [ -t $fd ]; then terminal="$terminal yes"; else terminal="$terminal no"; fi
done

printf '\n%s args begin\n' "$nonce"
printf '%s\0' "$0" "$@" | tool base64
printf '\n%s args end 0\n' "$nonce"
printf '\n%s descriptors begin\n' "$nonce"
tool ls -l "/proc/$own/fd"
printf '\n%s descriptors end %s\n' "$nonce" "$?"

# Arguments of questions are octal-escaped (printf %b); a dot keeps a final newline alive.
decode() {
  case $1 in
    *\\*) value=$(printf '%b.' "$1") && value=${value%.} ;;
    *) value=$1 ;;
  esac
}

limit() {
  (ulimit -S "-$1" && ulimit -H "-$1")
}

answer() {
  decode "$2"
  case $1 in
    status) tool cat "/proc/$own/status" ;;
    environ) tool base64 "/proc/$own/environ" ;;
    cwd) tool readlink "/proc/$own/cwd" || pwd -P ;;
    umask) umask ;;
    hostname) tool uname -n ;;
    kernel) tool uname -r ;;
    terminal) echo "$terminal" ;;
    mounts) tool cat "/proc/$own/mountinfo" ;;
    link) tool readlink "$value" ;;
    stat) tool stat -c '%f %u %g %d %i %s %t:%T' "$value" ;;
    read) tool head -c 4096 "$value" ;;
    list) tool ls -1A "$value" ;; # on a terminal it would make columns
    limit) limit "$value" 2>/dev/null || limit u ;; # busybox has another letter than dash for processes, which is p
    space) tool stat -f -c '%S %b' "$value" ;;
    # The token stands in a file, so that no command line of the probe's own carries it.
    # Processes end meanwhile, so a file that is gone is no failure; one's own is there as long as /proc is.
    processes) [ -r "/proc/$own/cmdline" ] && { tool grep -slFf /.cupel/token /proc/[0-9]*/cmdline || [ $? -le 2 ]; } ;;
    shell) "$value" -c 'echo cupel' ;;
    # Without knowing where it is it cannot know that it is safe to make raw calls.
    calls) [ -n "$mine" ] && /.cupel/calls | tool base64 ;;
    *) return 95 ;;
  esac
}

# The end of an answer goes out with the beginning of the next: who reads all this is woken up less often.
count=0
ended=
while IFS=' ' read -r number verb argument; do
  printf '%s\n%s %s begin\n' "$ended" "$nonce" "$number"
  answer "$verb" "$argument" 2>&1 </.cupel/marker
  ended="
$nonce $number end $?
"
  count=$((count + 1))
done </.cupel/questions
printf '%s' "$ended"

# The host looks at what is counted of this cell while it lives.
if [ -f /.cupel/hold ]; then
  printf '\n%s hold\n' "$nonce"
  IFS= read -r _
fi

printf '\n%s end %s\n' "$nonce" "$count"
exit 0
