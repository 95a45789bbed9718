/** Miniature implementations that break the protocol, or implement only a part. */

import { testMiniatures } from "./miniature.ts";

const build = "snix/scratch-names/build";
const store = "snix/scratch-names/store";
const panicking = "snix/environment/not-utf8";
const refusedByName = "obuilder/network/unknown-name";

testMiniatures([
  {
    program: "loses-accents",
    noticed: "an error: the answer is not UTF-8",
    patterns: ["obuilder/process/words-unchanged", build],
    red: ["obuilder/process/words-unchanged#golden error adapter-garbage"],
    exit: 3,
    says: /not UTF-8/,
  },
  {
    program: "answers-twice",
    noticed: "an error of the request that was answered twice, the last one included",
    patterns: [build, store],
    red: [`${build}#golden error adapter-lied`, `${store}#golden error adapter-lied`],
    exit: 3,
    says: /twice/,
  },
  {
    program: "answers-another",
    noticed: "an error: the id is another's",
    patterns: [build],
    red: [`${build}#golden error adapter-lied`],
    exit: 3,
    says: /with the id 7 instead of 2/,
  },
  {
    program: "talks-too-much",
    noticed: "an error: what it wrote is no message",
    patterns: [build],
    red: [`${build}#golden error adapter-garbage`],
    exit: 3,
    says: /generating\.\.\./,
  },
  {
    program: "repeats-a-member",
    noticed: "an error: what it wrote is not JSON that can be read in one way only",
    patterns: [build],
    red: [`${build}#golden error adapter-garbage`],
    exit: 3,
    says: /jsonrpc/,
  },
  {
    program: "dies",
    noticed: "an error, but for the case in which the real program aborts",
    patterns: [build, panicking],
    red: [`${build}#golden error adapter-died`],
    exit: 3,
    says: /exit status 101[\s\S]*stderr +thread 'main' panicked at src\/oci\.rs:7/,
  },
  {
    program: "dies-once",
    noticed: "an error of that request alone: the run goes on with a fresh process",
    patterns: [build, store, "snix/scratch-names/tmp"],
    red: [`${store}#golden error adapter-died`],
    exit: 3,
    says: /exit status 3/,
  },
  {
    program: "panics",
    noticed: "nothing: a death is the rejection where the real program dies",
    patterns: ["snix/environment", "snix/mounts/input-not-utf8"],
    red: [],
    exit: 0,
    says: /clean/,
  },
  {
    program: "hangs",
    noticed: "an error after the time limit",
    patterns: [build],
    red: [`${build}#golden error adapter-hung`],
    exit: 3,
    says: /no answer to generate within 1 s/,
    more: ["--adapter-timeout", "1"],
  },
  {
    program: "floods",
    noticed: "an error at 16 MiB, and not at the end of the line",
    patterns: [build],
    red: [`${build}#golden error adapter-flood`],
    exit: 3,
    says: /longer than 16 MiB/,
    more: ["--adapter-timeout", "300"],
  },
  {
    program: "speaks-another-protocol",
    noticed: "an error of everything that it was to be asked",
    patterns: [build, store],
    red: [`${build}#golden error adapter-refused`, `${store}#golden error adapter-refused`],
    exit: 3,
    says: /protocol 1, the only one that this version speaks/,
  },
  {
    program: "knows-one-operation",
    noticed: "skips, with the reason",
    patterns: [build, "snix/validation/empty", "snix/exports/none", refusedByName],
    red: [
      `${refusedByName}#golden skip not-implemented`,
      "snix/exports/none#golden skip not-implemented",
      "snix/validation/empty#golden skip not-implemented",
    ],
    exit: 0,
    says: /does not have snix\/validate: not yet/,
  },
  {
    program: "knows-one-operation",
    noticed: "that nothing was judged, when nothing was",
    patterns: [refusedByName],
    red: [`${refusedByName}#golden skip not-implemented`],
    exit: 4,
    says: /nothing was judged/,
  },
  {
    program: "speaks-one-revision",
    noticed: "skips of the cases of other revisions",
    patterns: ["snix/identity/four-ids-of-old", "snix/identity/no-user"],
    red: ["snix/identity/no-user#golden skip not-implemented"],
    exit: 0,
    says: /other revisions than 632bc093/,
  },
  {
    program: "shuts-down-badly",
    noticed: "a remark: every verdict was given before that",
    patterns: [build],
    red: [],
    exit: 0,
    says: /exit status 5/,
  },
]);
