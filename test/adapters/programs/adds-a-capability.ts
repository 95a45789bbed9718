/** Grants the capability that undoes most of the others' absence. */
import { isArray } from "../../../src/json/value.ts";
import { changeAt, changeConfig } from "../change-config.ts";

void changeConfig((config) =>
  changeAt(config, ["process", "capabilities", "bounding"], (list) =>
    isArray(list) ? [...list, "CAP_SYS_ADMIN"] : list,
  ),
);
