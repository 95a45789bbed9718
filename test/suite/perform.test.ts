import type { Json } from "../../src/json/value.ts";
import { memoryPid } from "../../src/suite/memory-host.ts";
import { perform } from "../../src/suite/perform.ts";
import type { Host } from "../../src/systems/host.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import type { Operation } from "../../src/systems/system.ts";
import { assert, test } from "../suite.ts";
import { placedCase } from "./placed-case.ts";

function operation(run: (request: Json, options: Json, host: Host) => Json): Operation {
  return { effects: "files", title: "", run };
}

test("the operation sees a directory for {{tmp}}, and the outcome speaks of {{tmp}} again", () => {
  const seen: Json[] = [];
  const c = placedCase({ request: { path: "{{tmp}}/a" }, options: { list: ["x{{tmp}}", "{{other}}"] } });
  const outcome = perform(
    c,
    operation((request, options, { files }) => {
      seen.push(request, options);
      return [files.lstat("/cupel-tmp").type, request, "/cupel-tmp/b"];
    }),
  );
  assert.equal(seen, [{ path: "/cupel-tmp/a" }, { list: ["x/cupel-tmp", "{{other}}"] }]);
  assert.equal(outcome, { value: ["dir", { path: "{{tmp}}/a" }, "{{tmp}}/b"] });
});

test("absent options are an empty object", () => {
  assert.equal(
    perform(
      placedCase(),
      operation((_, options) => options),
    ),
    { value: {} },
  );
});

test("the process id stands as {{pid}}", () => {
  const outcome = perform(
    placedCase(),
    operation((_request, _options, host) => `rule-${host.process.pid}`),
  );
  assert.equal(outcome, { value: "rule-{{pid}}" });
  assert.ok(memoryPid < 2 ** 22);
});

test("what the case gives is there, and what is left is told where the case speaks of it", () => {
  const run = operation((_request, _options, { files }) => {
    files.writeFile("/cupel-tmp/new", files.readFile("/cupel-tmp/link"));
    return true;
  });
  const given = [
    { path: "{{tmp}}/d/f", type: "file", content: "in {{tmp}}" },
    { path: "{{tmp}}/link", type: "symlink", target: "{{tmp}}/d/f" },
  ] as const;
  assert.equal(perform(placedCase({ given }), run), { value: true });
  assert.equal(perform(placedCase({ given, leaves: [] }), run), {
    value: true,
    leaves: [
      { path: "{{tmp}}/d", type: "dir", mode: "755" },
      { path: "{{tmp}}/d/f", type: "file", mode: "644", content: "in {{tmp}}" },
      { path: "{{tmp}}/link", type: "symlink", target: "{{tmp}}/d/f" },
      { path: "{{tmp}}/new", type: "file", mode: "644", content: "in {{tmp}}" },
    ],
  });
});

test("a rejection is an outcome with upstream's words, our code, and what was left", () => {
  const run = operation((_request, _options, { files }) => {
    files.makeDirectory("/cupel-tmp/half");
    throw new Rejection("no-such-thing", "cannot open /cupel-tmp/x", "panic");
  });
  assert.equal(perform(placedCase({ leaves: [] }), run), {
    rejects: "cannot open {{tmp}}/x",
    code: "no-such-thing",
    class: "panic",
    leaves: [{ path: "{{tmp}}/half", type: "dir", mode: "755" }],
  });
});

test("a request that does not fit is an outcome of its own; anything else that is thrown is a bug", () => {
  const misfit = operation(() => {
    throw new Misfit("/request/a", "wrong");
  });
  assert.equal(perform(placedCase(), misfit), { misfit: "/request/a: wrong", pointer: "/request/a" });
  const bug = operation(() => {
    throw new TypeError("oops");
  });
  assert.throws(() => perform(placedCase(), bug), /oops/);
});
