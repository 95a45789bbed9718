/** Runtimes that lie, weaken, die, flood or leave something behind: each is a few lines of shell around the real runc. */
import { assert, test } from "../suite.ts";
import { lackingTools } from "./lacking.ts";
import { type Script, type StrangeRun, strangeRuntime } from "./strange-runtime.ts";

const missing = lackingTools("runc", "setpriv", "unshare", "mount", "setsid", "mkfifo");
const plain = "obuilder/network/off";

/** Runs one cell in such a runtime; nothing may be left of it. */
async function execute(script: Script, ...options: readonly string[]): Promise<StrangeRun> {
  let done: StrangeRun | undefined;
  await strangeRuntime(script, async (runtime) => {
    done = await runtime.run([plain], ...options);
  });
  if (done === undefined) throw new Error("the run gave nothing");
  assert.is(done.starts.length, 1, done.stderr);
  assert.equal(done.left, []);
  return done;
}

/** `VERDICT CODE` of the only cell's start. */
const startOf = ({ starts: [start] }: StrangeRun): string => `${start?.verdict} ${start?.code ?? start?.seen ?? ""}`;

function allBlocked({ others }: StrangeRun): void {
  assert.ok(others.length > 50);
  assert.equal([...new Set(others.map(({ verdict }) => verdict))], ["skip"]);
  assert.match(others[0]?.reason ?? "", /^blocked by /);
}

/** Rules of which a check has this verdict. */
function rulesWith(verdict: string, { others }: StrangeRun): ReadonlySet<string> {
  const ids = others.filter((check) => check.verdict === verdict).map(({ id }) => id);
  return new Set(ids.map((id) => /#run\/([^[]+)\[/.exec(id)?.[1] ?? id));
}

test.executes(missing, "a runtime that replays an old answer is caught by the nonce", async () => {
  const run = 'if [ -f "$here/old" ]; then cat "$here/old"; else "$real" "$@" | tee "$here/old"; fi';
  await strangeRuntime({ run }, async (runtime) => {
    const honest = await runtime.run([plain]);
    assert.is(startOf(honest), "pass ");
    assert.is(honest.code, 0, honest.stderr);
    const replayed = await runtime.run([plain]);
    assert.is(replayed.code, 1);
    assert.is(startOf(replayed), "fail exit 0, no answer from the step");
    allBlocked(replayed);
    assert.equal(
      replayed.others.map(({ id }) => id),
      honest.others.map(({ id }) => id),
    );
    assert.equal([...honest.left, ...replayed.left], []);
  });
});

test.executes(
  missing,
  "an old answer under the new nonce is caught by what is looked at from outside alone",
  async () => {
    const run = `
    IFS= read -r nonce
    if [ -f "$here/old" ]; then sed "s/$(cat "$here/nonce")/$nonce/" "$here/old"; exit 0; fi
    echo "$nonce" >"$here/nonce"
    echo "$nonce" | "$real" "$@" | tee "$here/old"`;
    await strangeRuntime({ run }, async (runtime) => {
      assert.is((await runtime.run([plain])).code, 0);
      const replayed = await runtime.run([plain]);
      assert.is(replayed.code, 1);
      assert.is(startOf(replayed), "pass ");
      assert.ok(rulesWith("fail", replayed).has("bind-source"));
      assert.equal(replayed.left, []);
    });
  },
);

test.executes(missing, "answers that are cut off fail the start, and what is missing is an error each", async () => {
  const done = await execute({ run: '"$real" "$@" | head -c 20000' });
  assert.is(done.code, 1);
  assert.is(startOf(done), "fail exit 0, answers cut short");
  const unanswered = done.others.filter(({ code }) => code === "unanswered");
  assert.ok(unanswered.length > 10, `${unanswered.length} unanswered`);
  assert.ok(unanswered.every(({ verdict }) => verdict === "error"));
});

test.executes(missing, "a runtime that answers everything with nothing proves nothing", async () => {
  const run = `
    IFS= read -r nonce
    root=$(sed -n 's/^    "path": "\\(.*\\)".*/\\1/p' config.json)
    frame() { printf '\\n%s %s begin\\n\\n%s %s end 0\\n' "$nonce" "$1" "$nonce" "$1"; }
    frame args; frame descriptors; count=0
    while read -r number _; do frame "$number"; count=$((count + 1)); done <"$root/.cupel/questions"
    printf '\\n%s end %s\\n' "$nonce" "$count"`;
  const done = await execute({ run });
  assert.is(startOf(done), "pass ");
  assert.is(done.code, 1);
  const passed = rulesWith("pass", done);
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
  assert.ok(rulesWith("error", done).size > 20);
});

test.executes(missing, "a runtime that fails though the step came to its end has not started the cell", async () => {
  const done = await execute({ run: '"$real" "$@"; exit 7' });
  assert.is(done.code, 1);
  assert.is(startOf(done), "fail exit 7, though the step came to its end");
});

/** What is done to config.json behind our back, by sed, and the rules that must notice. */
const weakenings: readonly (readonly [title: string, sed: string, rules: readonly string[]])[] = [
  ["shares the network", 's#{[^{}]*"type": "network"[^{}]*},##', ["namespaces", "network"]],
  ["shares the process ids", 's#{[^{}]*"type": "pid"[^{}]*},##', ["namespaces", "visibility"]],
  ["gives another capability", 's#"CAP_CHOWN"#"CAP_CHOWN", "CAP_SYS_ADMIN"#g', ["capabilities", "capability-use"]],
  ["masks nothing", 's#"maskedPaths": \\[[^]]*\\]#"maskedPaths": []#', ["masked-paths"]],
  ["protects nothing", 's#"readonlyPaths": \\[[^]]*\\]#"readonlyPaths": []#', ["readonly-paths"]],
  ["lets binds be written", 's#"ro",\\( *\\n *"rbind"\\)#"rw",\\1#', ["mounts"]],
  ["runs as another user", 's#"uid": [0-9]*#"uid": 4242#', ["identity"]],
];

for (const [title, sed, rules] of weakenings) {
  test.executes(missing, `a runtime that ${title} is caught by the rules`, async () => {
    const done = await execute({ run: `sed -z -i '${sed}' config.json; exec "$real" "$@"` });
    assert.is(done.code, 1);
    assert.is(startOf(done), "pass ");
    const failed = rulesWith("fail", done);
    for (const rule of rules) assert.ok(failed.has(rule), `${rule} is not among ${[...failed].join(" ")}`);
  });
}

test.executes(missing, "a runtime that does not filter system calls is caught by the rules", async () => {
  const run = `sed -i 's#SCMP_ACT_ERRNO#SCMP_ACT_ALLOW#' config.json; exec "$real" "$@"`;
  await strangeRuntime({ run }, async (runtime) => {
    const done = await runtime.run(["obuilder/seccomp/fast-sync-x86-64"]);
    assert.is(done.code, 1);
    assert.ok(rulesWith("fail", done).has("seccomp-calls"));
    assert.equal(done.left, []);
  });
});

/** Waits until the cell lives; it cannot end, since the nonce does not come: standard input is a pipe that `$holder` holds. */
const live = `
  for id; do :; done
  state=$2
  mkfifo "$here/input"
  sleep 1000 >"$here/input" 2>/dev/null 3<&- & holder=$!
  lives() { until "$real" --root "$state" state "$id" 2>/dev/null | grep -q running; do :; done; }
`;

test.executes(missing, "kill -9 of the runtime is an error, and nothing of its cell is left", async () => {
  const run = `${live}
    (lives; kill -9 $$; kill $holder) >/dev/null 2>&1 3<&- &
    exec "$real" "$@" <"$here/input"`;
  const done = await execute({ run });
  assert.is(done.code, 3);
  assert.is(startOf(done), "error killed");
  allBlocked(done);
});

test.executes(missing, "kill -9 of the probe fails the start", async () => {
  const run = `${live}
    "$real" "$@" <"$here/input" & runtime=$!
    lives
    kill -9 "$("$real" --root "$state" state "$id" | sed -n 's/.*"pid": \\([0-9]*\\).*/\\1/p')"
    wait $runtime; status=$?
    kill $holder
    exit $status`;
  const done = await execute({ run });
  assert.is(done.code, 1);
  assert.is(startOf(done), "fail exit 137, no answer from the step");
  allBlocked(done);
});

test.executes(missing, "a runtime that will not kill or delete a cell does not keep it alive", async () => {
  const run = `${live} exec "$real" "$@" <"$here/input"`;
  const other = 'case " $* " in *" kill "* | *" delete "*) exit 1 ;; esac; exec "$real" "$@"';
  const done = await execute({ run, other }, "--timeout", "2");
  assert.is(done.code, 3);
  assert.is(startOf(done), "error time-out");
  allBlocked(done);
});

test.executes(missing, "a runtime that does not end after its cell is killed at the deadline", async () => {
  const done = await execute({ run: '"$real" "$@"; sleep 1000' }, "--timeout", "2");
  assert.is(done.code, 3);
  assert.is(startOf(done), "error time-out");
  allBlocked(done);
});

for (const [stream, run] of [
  ["output", "yes"],
  ["standard error", "yes >&2"],
] as const) {
  test.executes(missing, `a runtime that floods its ${stream} is killed, and that is an error`, async () => {
    const done = await execute({ run });
    assert.is(done.code, 3);
    assert.is(startOf(done), "error output-cap");
    allBlocked(done);
  });
}

test.executes(missing, "a monitor that outlives its cell ends with the run, and disturbs nothing", async () => {
  const run = 'setsid sh -c "sleep 1000; :" "$here" </dev/null >/dev/null 2>&1 3<&- & "$real" "$@"';
  const done = await execute({ run });
  assert.is(done.code, 0, done.stderr);
  assert.is(startOf(done), "pass ");
});

test.executes(
  missing,
  "a monitor that keeps the cell's streams open makes it stuck, and ends with the run",
  async () => {
    const run = 'setsid sh -c "sleep 1000; :" "$here" <&0 & "$real" "$@"';
    const done = await execute({ run }, "--timeout", "1");
    assert.is(done.code, 3);
    assert.is(startOf(done), "error stuck");
    allBlocked(done);
  },
);

test.executes(missing, "children that a runtime forgets are reaped: no zombie stays in the jail", async () => {
  const run = `
    if [ -f "$here/orphans" ]; then
      for stat in /proc/[0-9]*/stat; do
        read -r line 2>/dev/null <"$stat" && case $line in *') Z 1 '*) echo "$line" >>"$here/zombies" ;; esac
      done
      echo looked >>"$here/zombies"
    fi
    count=0
    while [ $count -lt 50 ]; do (true & exec true); count=$((count + 1)); done
    echo 50 >>"$here/orphans"
    exec "$real" "$@"`;
  await strangeRuntime({ run }, async (runtime) => {
    const { code, left, stderr } = await runtime.run(["obuilder/network"]);
    assert.is(code, 0, stderr);
    assert.is(runtime.wrote("zombies"), "looked\n");
    assert.equal(left, []);
  });
});

test.executes(missing, "a work file system that the runtime fills gives errors, and goes with the run", async () => {
  const run = 'head -c 2000000000 /dev/zero >../../../../full 2>/dev/null; exec "$real" "$@"';
  await strangeRuntime({ run }, async (runtime) => {
    const { code, starts, others, left } = await runtime.run(["obuilder/network", "obuilder/seccomp"]);
    assert.is(code, 3);
    assert.ok(starts.length > 2);
    const codes = new Set(starts.map(({ verdict, code: why }) => `${verdict} ${why}`));
    assert.ok(codes.has("error no-space"), [...codes].join(", "));
    assert.ok(
      [...codes].every((each) => each === "error no-space" || each === "error cannot-execute"),
      [...codes].join(", "),
    );
    assert.ok(others.every(({ verdict }) => verdict === "skip"));
    assert.equal(left, []);
  });
});
