/** Sorts the mounts by their destination, as a serialiser of maps would: a later mount may then hide an earlier one. */
import { isArray, isObject, type Json } from "../../../src/json/value.ts";
import { changeAt, changeConfig } from "../change-config.ts";

const placeOf = (mount: Json): string => (isObject(mount) ? String(mount["destination"]) : "");

void changeConfig((config) =>
  changeAt(config, ["mounts"], (list) =>
    isArray(list) ? [...list].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)) : list,
  ),
);
