/** metalor's operations that run commands. */
import * as v from "valibot";
import { CupelError } from "../../errors.ts";
import { closed } from "../../format/closed.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Host } from "../host.ts";
import type { Operation } from "../system.ts";
import { roundOfCell, roundOfCommand } from "./cell.ts";
import { type CellOptions, readCellOptions } from "./cell-options.ts";
import { changeTree, treeSchema } from "./change-tree.ts";
import { text } from "./fields.ts";
import { withOptions } from "./operation.ts";
import { commandSchema, specSchema } from "./spec.ts";
import { withStandIns } from "./stand-ins/namespaces.ts";

/** Operations with the effects `namespace`, by name. */
export const roundOperations: { readonly [name: string]: Operation } = {
  cell: withRounds(
    "a whole cell: staged, run, its results brought back",
    closed({
      runtimeRootPrefix: text,
      spec: specSchema,
      treeAfterStaging: v.exactOptional(treeSchema),
      removeAfterStaging: v.exactOptional(v.array(text)),
    }),
    ({ treeAfterStaging = [], removeAfterStaging = [], ...request }, options, host) => {
      const change = (): void => changeTree(host.files, removeAfterStaging, treeAfterStaging);
      return roundOfCell(handsFor(host, options), request, options, change);
    },
  ),

  command: withRounds(
    "one command in a root, with bind mounts",
    closed({ runtimeRootPrefix: text, command: commandSchema }),
    (request, options, host) => roundOfCommand(handsFor(host, options), request, options),
  ),
};

/** An operation that runs commands; with a stand-in for `mount` it needs no more than files. */
function withRounds<Request>(
  title: string,
  requestSchema: v.GenericSchema<unknown, Request>,
  run: (request: Request, options: CellOptions, host: Host) => Json | object,
): Operation {
  const operation = withOptions("namespace", title, requestSchema, readCellOptions, run);
  return { ...operation, effectsWith: (options) => (isReal(options) ? "namespace" : "files") };
}

function isReal(options: Json): boolean {
  const mount = isObject(options) ? options["mount"] : undefined;
  return mount === undefined || mount === "real";
}

/** The host itself for real mounts. Throws CupelError `needs-jail` when it cannot make any. */
function handsFor(host: Host, { mount = "real" }: CellOptions): Host {
  if (mount !== "real") return withStandIns(host, mount);
  if (host.namespaces !== undefined) return host;
  throw new CupelError("needs-jail", "mounts are really made only in the jail of cupel run", { exit: 3 });
}
