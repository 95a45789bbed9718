/** The hooks. Spec: config.md, "POSIX-platform Hooks". */
import { environment } from "./environment.ts";
import { absolutePath, type Check, deprecated, integer, list, object, text } from "./shapes.ts";

const hook = object(
  {
    path: absolutePath,
    args: list(text),
    env: environment,
    timeout: integer(1, 2n ** 63n - 1n, "a number of seconds greater than 0"),
  },
  { required: ["path"] },
);

const hooks = list(hook);

/** `/hooks`. */
export const hooksShape: Check = object({
  prestart: deprecated(hooks, "createRuntime, createContainer and startContainer took its place"),
  createRuntime: hooks,
  createContainer: hooks,
  startContainer: hooks,
  poststart: hooks,
  poststop: hooks,
});
