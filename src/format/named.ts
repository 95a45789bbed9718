/** Objects whose keys are names that the file chooses. */
import * as v from "valibot";

/**
 * A record schema without two gaps of valibot's own: it refuses lists, and it refuses the three keys that valibot leaves
 * out without a word (a condition that vanishes would hold everywhere).
 */
export function named<const Value extends v.GenericSchema>(
  value: Value,
): v.RecordSchema<v.StringSchema<undefined>, Value, undefined> {
  const schema = v.record(v.string(), value);
  const run = schema["~run"].bind(schema);
  return Object.assign(schema, {
    "~run": (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>): ReturnType<typeof run> => {
      const input = dataset.value;
      if (!Array.isArray(input) && !hasVanishingKey(input)) return run(dataset, config);
      v._addIssue(schema, "type", dataset, config);
      return dataset as unknown as ReturnType<typeof run>;
    },
  });
}

function hasVanishingKey(input: unknown): boolean {
  if (typeof input !== "object" || input === null) return false;
  return ["__proto__", "constructor", "prototype"].some((key) => Object.hasOwn(input, key));
}
