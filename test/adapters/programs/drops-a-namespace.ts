/** Forgets the network namespace: the build has the network of the host. */
import { isArray, isObject } from "../../../src/json/value.ts";
import { changeAt, changeConfig } from "../change-config.ts";

void changeConfig((config) =>
  changeAt(config, ["linux", "namespaces"], (list) =>
    isArray(list) ? list.filter((each) => !isObject(each) || each["type"] !== "network") : list,
  ),
);
