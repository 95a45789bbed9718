/** The top level of config.json. Spec: config.md. */
import { foreignPlatforms } from "../vocabulary.ts";
import { hooksShape } from "./hooks-shape.ts";
import { linuxShape } from "./linux-shape.ts";
import { mountsShape } from "./mounts-shape.ts";
import { processShape } from "./process-shape.ts";
import { both, type Check, flag, foreign, map, object, text, textLike } from "./shapes.ts";
import { quote } from "./words.ts";

const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

const ociVersion = both(textLike(SEMVER, "a SemVer 2.0.0 version such as 1.3.0"), (value, place) => {
  if (typeof value === "string" && SEMVER.test(value) && !value.startsWith("1.")) {
    place.report("odd-value", `expected a version 1 of the specification, found ${quote(value)}`);
  }
});

const root = object(
  { path: textLike(/./su, "a path to the root file system"), readonly: flag },
  { required: ["path"] },
);

const annotations = map(text, (name, place) => {
  if (name === "") place.report("bad-value", "expected a name for every annotation, found an empty key");
});

/** The whole config. */
export const configShape: Check = object(
  {
    ociVersion,
    root,
    mounts: mountsShape,
    process: processShape,
    hostname: text,
    domainname: text,
    hooks: hooksShape,
    annotations,
    linux: linuxShape,
    ...Object.fromEntries(Object.entries(foreignPlatforms).map(([key, platform]) => [key, foreign(platform)])),
  },
  {
    required: ["ociVersion"],
    // Only a Hyper-V container may do without.
    also: (config, place) => {
      if (!Object.hasOwn(config, "root") && !Object.hasOwn(config, "windows")) {
        place.report("missing-key", 'expected the key "root", which is required on Linux');
      }
    },
  },
);
