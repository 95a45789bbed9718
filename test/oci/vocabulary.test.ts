import { findMountOption, mountOptions } from "../../src/oci/mount-options.ts";
import { capabilityNames, capabilityNumbers } from "../../src/oci/vocabulary.ts";
import { assert, test } from "../suite.ts";

test("capabilities are numbered from 0 without a gap, in the order of their names' list", () => {
  assert.equal(
    capabilityNames.map((name) => capabilityNumbers[name]),
    Array.from({ length: 41 }, (_, number) => number),
  );
  assert.equal([capabilityNumbers["CAP_SYS_ADMIN"], capabilityNumbers["CAP_CHECKPOINT_RESTORE"]], [21, 40]);
});

test("every word that clears something has one that sets it", () => {
  const setting = new Set(Object.values(mountOptions).flatMap(({ kind, name, on }) => (on ? [`${kind} ${name}`] : [])));
  const alone = Object.values(mountOptions).filter(({ kind, name }) => !setting.has(`${kind} ${name}`));
  assert.equal(alone, []);
});

test("recursive words mirror the plain ones", () => {
  for (const [word, { kind, name, on }] of Object.entries(mountOptions)) {
    if (!kind.startsWith("recursive")) continue;
    const plain = findMountOption(word.slice(1));
    assert.equal([plain?.name, plain?.on, plain?.kind.startsWith("recursive")], [name, on, false], word);
  }
});

test("file system data and names of Object.prototype are no options", () => {
  for (const word of ["mode=755", "constructor", "__proto__", "RO", ""]) assert.is(findMountOption(word), undefined);
});
