/** Miniature implementations that keep to the protocol and are wrong in what they answer. */
import { testMiniatures } from "./miniature.ts";

const build = "snix/scratch-names/build";
const store = "snix/scratch-names/store";
const refusedByName = "obuilder/network/unknown-name";

testMiniatures([
  {
    program: "drops-a-namespace",
    noticed: "golden, and the policies that want the namespace",
    patterns: ["obuilder/network/off"],
    red: [
      "obuilder/network/off#golden fail differs",
      "obuilder/network/off#policy/hermetic-build/0 fail policy",
      "obuilder/network/off#policy/offline/0 fail policy",
    ],
    exit: 1,
    says: /\/linux\/namespaces/,
  },
  {
    program: "sorts-the-mounts",
    noticed: "golden alone: both orders are valid, and promise other things",
    patterns: ["obuilder/mounts/order-kept"],
    red: ["obuilder/mounts/order-kept#golden fail differs"],
    exit: 1,
    says: /\/mounts/,
  },
  {
    program: "maps-the-next-id",
    noticed: "golden",
    patterns: ["snix/rootless/nix-build"],
    red: ["snix/rootless/nix-build#golden fail differs"],
    exit: 1,
    says: /\/linux\/uidMappings\/0\/hostID/,
  },
  {
    program: "adds-a-capability",
    noticed: "golden and policy",
    patterns: ["obuilder/network/off"],
    red: ["obuilder/network/off#golden fail differs", "obuilder/network/off#policy/hermetic-build/7 fail policy"],
    exit: 1,
    says: /CAP_SYS_ADMIN/,
  },
  {
    program: "leaves-out-empty-lists",
    noticed: "golden, and schema where the list is required",
    patterns: ["snix/rootless/bare"],
    red: ["snix/rootless/bare#golden fail differs", "snix/rootless/bare#schema fail missing-key"],
    exit: 1,
    says: /missing/,
  },
  {
    program: "writes-ids-as-text",
    noticed: "golden and schema",
    patterns: ["obuilder/identity/non-root"],
    red: ["obuilder/identity/non-root#golden fail differs", "obuilder/identity/non-root#schema fail wrong-type"],
    exit: 1,
    says: /\/process\/user\/uid/,
  },
  {
    program: "ignores-an-option",
    noticed: "golden of the case that sets the option",
    patterns: ["snix/identity/subgid-of-the-group", "snix/identity/subgid-of-the-user"],
    red: ["snix/identity/subgid-of-the-group#golden fail differs"],
    exit: 1,
    says: /subgid-of-the-group/,
  },
  {
    program: "says-it-otherwise",
    noticed: "golden: the words are a contract",
    patterns: [refusedByName],
    red: [`${refusedByName}#golden fail other-rejection`],
    exit: 1,
    says: /must be rejected in these words/,
  },
  {
    program: "accepts-everything",
    noticed: "golden of the case that must be refused",
    patterns: [refusedByName],
    red: [`${refusedByName}#golden fail not-rejected`],
    exit: 1,
    says: /must be rejected/,
  },
  {
    program: "refuses-everything",
    noticed: "golden of the case that must be accepted",
    patterns: [build],
    red: [`${build}#golden fail rejected`],
    exit: 1,
    says: /must be accepted/,
  },
  {
    program: "answers-null",
    noticed: "golden, and schema where a config is expected",
    patterns: ["obuilder/network/off", build, refusedByName],
    red: [
      "obuilder/network/off#golden fail differs",
      "obuilder/network/off#schema fail wrong-type",
      `${refusedByName}#golden fail not-rejected`,
      `${build}#golden fail differs`,
    ],
    exit: 1,
    says: /null/,
  },
  {
    program: "replays-an-answer",
    noticed: "golden of every request but the first",
    patterns: [build, store],
    red: [`${store}#golden fail differs`],
    exit: 1,
    says: /scratch-names\/store/,
  },
  {
    program: "leaves-a-file",
    noticed: "golden: the files afterwards are part of it",
    patterns: ["snix/bundle/outside-build"],
    red: ["snix/bundle/outside-build#golden fail leaves-differ"],
    exit: 1,
    says: /\/bundle\/\.lock/,
  },
]);
