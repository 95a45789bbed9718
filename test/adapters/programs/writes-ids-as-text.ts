/** Writes numbers as text, as a template does. */
import { changeAt, changeConfig } from "../change-config.ts";

void changeConfig((config) => changeAt(config, ["process", "user", "uid"], String));
