/** Runtimes that lie, weaken, die, flood or leave something behind: each is a few lines of shell around the real runc. */
import { assert, test } from "../suite.ts";
import { lackingTools } from "./lacking.ts";
import { type StrangeCell, type StrangeRuns, type StrangeRuntime, strangeRuns } from "./strange-runtime.ts";

const missing = lackingTools("runc", "setpriv", "unshare", "mount", "script", "setsid", "mkfifo");

const weakened = (sed: string): string => `sed -z -i '${sed}' config.json; exec "$real" "$@"`;

/** Waits until the cell lives; it cannot end, since the nonce does not come: standard input is a pipe that `$holder` holds. */
const live = `
  for id; do :; done
  state=$2
  mkfifo "$here/input"
  sleep 1000 >"$here/input" 2>/dev/null 3<&- & holder=$!
  lives() { until "$real" --root "$state" state "$id" 2>/dev/null | grep -q running; do :; done; }
`;

const runtimes = {
  "replays an old answer": {
    run: 'if [ -f "$here/old" ]; then cat "$here/old"; else "$real" "$@" | tee "$here/old"; fi',
    times: 2,
  },
  "replays an old answer under the new nonce": {
    case: "snix/rootless/nix-build", // a cell with a directory to write to, and an output
    run: `
      IFS= read -r nonce
      if [ -f "$here/old" ]; then sed "s/$(cat "$here/nonce")/$nonce/" "$here/old"; exit 0; fi
      echo "$nonce" >"$here/nonce"
      echo "$nonce" | "$real" "$@" | tee "$here/old"`,
    times: 2,
  },
  "cuts the answers off": { run: '"$real" "$@" | head -c 20000' },
  "answers everything with nothing": {
    run: `
      IFS= read -r nonce
      root=$(sed -n 's/^    "path": "\\(.*\\)".*/\\1/p' config.json)
      frame() { printf '\\n%s %s begin\\n\\n%s %s end 0\\n' "$nonce" "$1" "$nonce" "$1"; }
      frame args; frame descriptors; count=0
      while read -r number _; do frame "$number"; count=$((count + 1)); done <"$root/.cupel/questions"
      printf '\\n%s end %s\\n' "$nonce" "$count"`,
  },
  "runs nothing": { run: "exit 0" },
  "fails afterwards": { run: '"$real" "$@"; exit 7' },
  "shares the network": { run: weakened('s#{[^{}]*"type": "network"[^{}]*},##') },
  "shares the process ids": { run: weakened('s#{[^{}]*"type": "pid"[^{}]*},##') },
  "gives another capability": { run: weakened('s#"CAP_CHOWN"#"CAP_CHOWN", "CAP_SYS_ADMIN"#g') },
  "masks nothing": { run: weakened('s#"maskedPaths": \\[[^]]*\\]#"maskedPaths": []#') },
  "protects nothing": { run: weakened('s#"readonlyPaths": \\[[^]]*\\]#"readonlyPaths": []#') },
  "lets binds be written": { run: weakened('s#"ro",\\( *\\n *"rbind"\\)#"rw",\\1#') },
  "runs as another user": { run: weakened('s#"uid": [0-9]*#"uid": 4242#') },
  "does not filter system calls": {
    case: "obuilder/seccomp/fast-sync-x86-64",
    run: weakened("s#SCMP_ACT_ERRNO#SCMP_ACT_ALLOW#g"),
  },
  "hands the cell to somebody else": {
    case: "buildkit/cgroups/namespace",
    run: `
      mkfifo "$here/status"
      exec 4<&0
      (setsid sh -c '"$@" 4<&-; echo $? >"$0/status"' "$here" "$real" "$@" <&4 3<&- &)
      read -r status <"$here/status"; exit "$status"`,
  },
  "is killed": {
    run: `${live}
      (lives; kill -9 $$; kill $holder) >/dev/null 2>&1 3<&- &
      exec "$real" "$@" <"$here/input"`,
  },
  "loses its probe": {
    run: `${live}
      "$real" "$@" <"$here/input" & runtime=$!
      lives
      kill -9 "$("$real" --root "$state" state "$id" | sed -n 's/.*"pid": \\([0-9]*\\).*/\\1/p')"
      wait $runtime; status=$?
      kill $holder
      exit $status`,
  },
  "refuses to kill": {
    run: `${live} exec "$real" "$@" <"$here/input"`,
    other: 'case " $* " in *" kill "* | *" delete "*) exit 1 ;; esac; exec "$real" "$@"',
    timeout: 1500,
  },
  "does not end": { run: '"$real" "$@"; sleep 1000', timeout: 1500 },
  "floods its output": { run: "yes" },
  "floods its standard error": { run: "yes >&2" },
  "leaves a monitor": {
    run: 'setsid sh -c "sleep 1000; :" "$here" </dev/null >/dev/null 2>&1 3<&- & "$real" "$@"',
  },
  "leaves a monitor that holds the streams": {
    run: 'setsid sh -c "sleep 1000; :" "$here" <&0 & "$real" "$@"',
    timeout: 1000,
  },
  "forgets its children": {
    run: `
      if [ -f "$here/orphans" ]; then
        for stat in /proc/[0-9]*/stat; do
          read -r line 2>/dev/null <"$stat" && case $line in *') Z 1 '*) echo "$line" >>"$here/noted" ;; esac
        done
        echo looked >>"$here/noted"
      fi
      count=0
      while [ $count -lt 50 ]; do (true & exec true); count=$((count + 1)); done
      echo 50 >"$here/orphans"
      exec "$real" "$@"`,
    times: 2,
  },
  // The last one, since it leaves nothing for others.
  "fills the work file system": {
    run: 'head -c 2000000000 /dev/zero >../../../../full 2>/dev/null; exec "$real" "$@"',
    times: 2,
  },
} as const satisfies { readonly [name: string]: StrangeRuntime };

type Name = keyof typeof runtimes;

let runs: Promise<StrangeRuns<Name>> | undefined;

/** All of them are executed once, by the first test that wants to know; `time` counts from 0. */
async function cellIn(name: Name, time = 0): Promise<StrangeCell> {
  runs ??= strangeRuns<Name>(runtimes);
  const cell = (await runs).cells[name][time];
  assert.ok(cell !== undefined && cell.others.length > 50);
  return cell;
}

/** VERDICT and code, or what was seen. */
const startOf = ({ starts: { verdict, code, seen } }: StrangeCell): string => `${verdict} ${code ?? seen ?? ""}`.trim();

function allBlocked({ others }: StrangeCell): void {
  assert.equal([...new Set(others.map(({ verdict }) => verdict))], ["skip"]);
  assert.match(others[0]?.reason ?? "", /^blocked by /);
}

/** Rules of which a check has this verdict. */
function rulesWith(verdict: string, { others }: StrangeCell): ReadonlySet<string> {
  const ids = others.filter((check) => check.verdict === verdict).map(({ id }) => id);
  return new Set(ids.map((id) => /#run\/([^[]+)\[/.exec(id)?.[1] ?? id));
}

/** What comes of those whose cells say nothing that counts. */
const blocking: readonly (readonly [name: Name, start: string, time?: number])[] = [
  ["replays an old answer", "fail exit 0, no answer from the step", 1],
  ["runs nothing", "fail exit 0, no answer from the step"],
  ["is killed", "error killed"],
  ["loses its probe", "fail exit 137, no answer from the step"],
  ["refuses to kill", "error time-out"],
  ["does not end", "error time-out"],
  ["floods its output", "error output-cap"],
  ["floods its standard error", "error output-cap"],
  ["leaves a monitor that holds the streams", "error stuck"],
  ["fills the work file system", "error no-space"],
];

for (const [name, start, time] of blocking) {
  test.executes(missing, `a runtime that ${name}: ${start}, and all else is blocked`, async () => {
    const cell = await cellIn(name, time);
    assert.is(startOf(cell), start);
    allBlocked(cell);
  });
}

test.executes(missing, "a replayed answer is judged by the same checks as the first", async () => {
  const [first, again] = [await cellIn("replays an old answer"), await cellIn("replays an old answer", 1)];
  assert.is(startOf(first), "pass");
  assert.equal(
    again.others.map(({ id }) => id),
    first.others.map(({ id }) => id),
  );
});

test.executes(missing, "an old answer under the new nonce is caught by what is looked at from outside", async () => {
  const first = await cellIn("replays an old answer under the new nonce");
  assert.is(startOf(first), "pass");
  const again = await cellIn("replays an old answer under the new nonce", 1);
  assert.is(startOf(again), "pass");
  for (const rule of ["writes", "exports"]) {
    assert.not(rulesWith("fail", first).has(rule), rule);
    assert.ok(rulesWith("fail", again).has(rule), rule);
  }
});

test.executes(missing, "answers that are cut off fail the start, and each that is missing is an error", async () => {
  const cell = await cellIn("cuts the answers off");
  assert.is(startOf(cell), "fail exit 0, answers cut short");
  const unanswered = cell.others.filter(({ code }) => code === "unanswered");
  assert.ok(unanswered.length > 10, `${unanswered.length} unanswered`);
  assert.ok(unanswered.every(({ verdict }) => verdict === "error"));
});

test.executes(missing, "a runtime that answers everything with nothing proves nothing", async () => {
  const cell = await cellIn("answers everything with nothing");
  const passed = rulesWith("pass", cell);
  for (const rule of [
    "namespaces",
    "capabilities",
    "capability-use",
    "mounts",
    "seccomp",
    "seccomp-denied",
    "network",
  ]) {
    assert.not(passed.has(rule), rule);
  }
  assert.ok(rulesWith("error", cell).size > 20);
});

test.executes(missing, "a runtime that fails though the step came to its end has not started the cell", async () => {
  assert.is(startOf(await cellIn("fails afterwards")), "fail exit 7, though the step came to its end");
});

const weakening: readonly (readonly [name: Name, rules: readonly string[]])[] = [
  ["shares the network", ["namespaces", "network"]],
  ["shares the process ids", ["namespaces", "visibility"]],
  ["gives another capability", ["capabilities", "capability-use"]],
  ["masks nothing", ["masked-paths"]],
  ["protects nothing", ["readonly-paths"]],
  ["lets binds be written", ["mounts", "writes"]],
  ["runs as another user", ["identity"]],
  ["does not filter system calls", ["seccomp-calls"]],
];

for (const [name, rules] of weakening) {
  test.executes(missing, `a runtime that ${name} is caught by the rules`, async () => {
    const cell = await cellIn(name);
    assert.is(startOf(cell), "pass");
    const failed = rulesWith("fail", cell);
    for (const rule of rules) assert.ok(failed.has(rule), `${rule} is not among ${[...failed].join(" ")}`);
  });
}

test.executes(
  missing,
  "cgroups of a cell that is not below its runtime are not seen, and that is an error",
  async () => {
    const cell = await cellIn("hands the cell to somebody else");
    assert.is(startOf(cell), "pass");
    assert.equal([...rulesWith("error", cell)].sort(), ["cgroup-placement"]);
  },
);

test.executes(missing, "a monitor that outlives its cell disturbs nothing", async () => {
  assert.is(startOf(await cellIn("leaves a monitor")), "pass");
});

test.executes(missing, "children that a runtime forgets are reaped: no zombie stays in the jail", async () => {
  assert.is(startOf(await cellIn("forgets its children", 1)), "pass");
  assert.is((await runs)?.noted["forgets its children"], "looked\n");
});

test.executes(missing, "a work file system that is full is no verdict on any cell", async () => {
  const { starts, others } = await cellIn("fills the work file system", 1);
  assert.is(starts.verdict, "error");
  assert.match(starts.code ?? "", /^(no-space|cannot-execute)$/);
  assert.ok(others.every(({ verdict }) => verdict === "skip"));
});

test.executes(missing, "of all of them nothing is left: no process, mount, cgroup or record", async () => {
  await cellIn("runs nothing");
  assert.equal((await runs)?.left, []);
});
