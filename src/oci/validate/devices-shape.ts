/** Device nodes. Spec: config-linux.md, "Devices". */
import type { Json, JsonObject } from "../../json/value.ts";
import { deviceTypes } from "../vocabulary.ts";
import type { Place } from "./place.ts";
import { integerMember, textMember } from "./reach.ts";
import { eachRepeat } from "./repeats.ts";
import { absolutePath, type Check, int64, integer, list, object, oneOf, uint32 } from "./shapes.ts";
import { quote } from "./words.ts";

const device = object(
  {
    type: oneOf(deviceTypes, "device type"),
    path: absolutePath,
    major: int64,
    minor: int64,
    fileMode: integer(0, 0o777, "permission bits as a decimal number (0 to 511)"),
    uid: uint32,
    gid: uint32,
  },
  { required: ["type", "path"], also: needNumbers },
);

/** `/linux/devices`. */
export const devicesShape: Check = list(device, (devices, place) => {
  eachRepeat(
    devices,
    (item) => textMember(item, "path"),
    (index, first, path) => {
      place.at(index).report("duplicate-device", `expected ${quote(path)} once; entry ${first} makes it already`);
    },
  );
  eachRepeat(devices, numberOf, (index, first, number) => {
    place.at(index).report("duplicate-device", `expected device ${number} once; entry ${first} has it already`);
  });
});

function needNumbers(value: JsonObject, place: Place): void {
  if (textMember(value, "type") === "p") return;
  for (const key of ["major", "minor"]) {
    if (!Object.hasOwn(value, key)) {
      place.report("missing-key", `expected the key ${quote(key)}, which only a FIFO (type p) does without`);
    }
  }
}

/** `c 1:3`; a FIFO has no number. Unbuffered character devices (`u`) are character devices. */
function numberOf(value: Json): string | undefined {
  const type = textMember(value, "type");
  const major = integerMember(value, "major");
  const minor = integerMember(value, "minor");
  if (type === undefined || type === "p" || major === undefined || minor === undefined) return undefined;
  return `${type === "u" ? "c" : type} ${major}:${minor}`;
}
