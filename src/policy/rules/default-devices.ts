/** Default devices: those that every container has are there, are the right ones, and open. */
import { isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { decide, notObservable, violated } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Promised, Rule } from "../rule.ts";
import { defaultDevices } from "../view/devices.ts";
import { mountTable } from "../view/mount-table.ts";
import { insidePath, isBelow } from "../view/path.ts";

/**
 * Subjects `device:<path>`, for each of {@link defaultDevices}. Value: `{ device }`, its type and numbers; `masked`, or
 * `by-mount` where a mount on it, or a bind above it, decides.
 */
export const usualDevices: Rule = {
  id: "default-devices",
  title: "The devices that every container has are there and open",
  why: "A /dev/null that is a file fills up the root file system; a /dev/urandom that is none makes weak keys.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Default Devices", "null(4)", "random(4)"],
  kind: "functional",
  promises: (config) =>
    defaultDevices.map(({ path, node, major, minor }) => ({
      rule: "default-devices",
      subject: `device:${path}`,
      ...whatIsAt(config, path, `${node} ${major}:${minor}`),
    })),
  compare: sameOrDifferent,
  ask: (promised) => (isObject(promised.value) ? [stat(promised), open(promised)] : []),
  judge: (promised, answers) => {
    const answer = answers.get(stat(promised));
    if ("unable" in answer) return notObservable(answer.unable);
    const reply = statOf(answer);
    if ("silent" in reply) return violated(`it is not there: ${reply.silent}`);
    const { type, deviceNumber } = reply.value;
    const device = `${type === "char" ? "c" : type === "block" ? "b" : type} ${deviceNumber}`;
    if (!isObject(promised.value) || device !== promised.value["device"]) return violated({ device });
    const opened = resultOf(answers.get(open(promised)));
    if ("silent" in opened) return notObservable(`it was not opened: ${opened.silent}`);
    // tty(4): without a controlling terminal there is nothing behind it.
    const opens = opened.value >= 0 || (promised.subject === "device:/dev/tty" && failedWith(opened.value, "ENXIO"));
    return decide(opens, { device, open: opened.value >= 0 ? "success" : resultName(opened.value) });
  },
};

function whatIsAt(config: Config, path: string, device: string): { readonly value: Json; readonly at: string } {
  const masked = (config.linux?.maskedPaths ?? []).map(insidePath);
  if (masked.some((each) => each === path || isBelow(path, each))) return { value: "masked", at: "/linux/maskedPaths" };
  const mount = mountTable(config).find(
    ({ destination, bind }) => destination === path || (bind && isBelow(path, destination)),
  );
  return mount === undefined ? { value: { device }, at: "/linux/devices" } : { value: "by-mount", at: mount.at };
}

function stat(promised: Promised): Question {
  return { on: "cell", ask: "stat", path: promised.subject.slice("device:".length) };
}

function open(promised: Promised): Question {
  return { on: "cell", ask: "call", call: "open-read", argument: promised.subject.slice("device:".length) };
}
