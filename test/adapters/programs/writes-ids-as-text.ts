/** Writes numbers as text, as a template does. */
import { changeAt, changeConfig } from "../change-config.ts";

await changeConfig((config) => changeAt(config, ["process", "user", "uid"], String));
