/** Objects that may hold the named keys and no others. */
import * as v from "valibot";

/** A strict object schema that refuses lists. Valibot's own takes a list for an object without keys. */
export function closed<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, undefined> {
  const schema = v.strictObject(entries);
  const run = schema["~run"].bind(schema);
  return Object.assign(schema, {
    "~run": (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>): ReturnType<typeof run> => {
      if (!Array.isArray(dataset.value)) return run(dataset, config);
      v._addIssue(schema, "type", dataset, config);
      return dataset as unknown as ReturnType<typeof run>;
    },
  });
}
