/** Objects that may hold the named keys and no others. */
import * as v from "valibot";

/**
 * A strict object schema without two gaps of valibot's own: it refuses lists, and it refuses keys such as `constructor`
 * that a look-up of the allowed keys finds on Object.prototype.
 */
export function closed<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, undefined> {
  const bare: Entries = Object.assign(Object.create(null), entries);
  const schema = v.strictObject(bare);
  const run = schema["~run"].bind(schema);
  return Object.assign(schema, {
    "~run": (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>): ReturnType<typeof run> => {
      if (!Array.isArray(dataset.value)) return run(dataset, config);
      v._addIssue(schema, "type", dataset, config);
      return dataset as unknown as ReturnType<typeof run>;
    },
  });
}
