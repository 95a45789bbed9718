/** Maps each id to the one after the right one: files belong to somebody else. */
import { isArray, isObject } from "../../../src/json/value.ts";
import { changeAt, changeConfig } from "../change-config.ts";

void changeConfig((config) =>
  changeAt(config, ["linux", "uidMappings"], (list) =>
    isArray(list)
      ? list.map((each) => (isObject(each) ? { ...each, hostID: Number(each["hostID"]) + 1 } : each))
      : list,
  ),
);
