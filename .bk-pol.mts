import { readFileSync, readdirSync } from "node:fs";
import { parseJson } from "./src/json/parse.ts";
import { readPolicy, judgePolicy } from "./src/policy/read-policy.ts";
import { promisesOf } from "./src/policy/rules.ts";
const pols = readdirSync("policies").map(f => readPolicy(readFileSync("policies/"+f,"utf8"), f));
for (const dir of ["process","security","seccomp","network","identity","mounts","cgroups"]) for (const f of readdirSync("golden/buildkit/"+dir)) {
  const cfg = JSON.parse(readFileSync(`golden/buildkit/${dir}/${f}`,"utf8"));
  if (!cfg.ociVersion) continue;
  const pr = promisesOf(cfg);
  console.log(dir+"/"+f, pols.map(p => { const bad = judgePolicy(p, pr).filter(j=>!j.holds); return p.name + ":" + (bad.length ? "lacks("+bad.slice(0,3).map(b=>b.rule+"["+b.subject+"]").join(",")+")" : "HOLDS"); }).join(" "));
}
