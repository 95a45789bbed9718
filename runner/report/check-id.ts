/** Takes a check id apart. */

/** The parts of `CASE#golden`, `CASE#schema`, `CASE#policy/POLICY/N` and `CASE#run/RULE[SUBJECT]@RUNTIME+CALLER`. */
export interface CheckParts {
  readonly case: string;
  /** `golden`, `schema`, `policy`, `run`; whatever stands there otherwise. */
  readonly layer: string;
  /** What is judged within the layer, for people. */
  readonly what: string;
  /** Of a run. */
  readonly runtime?: string;
  readonly caller?: string;
}

const run = /^run\/(.*)@([^@+]*)\+([^@+]*)$/;

/** The parts of `id`. Every text has some: an id of an unknown form is all layer. */
export function checkParts(id: string): CheckParts {
  const hash = id.indexOf("#");
  const owner = hash < 0 ? id : id.slice(0, hash);
  const rest = hash < 0 ? "" : id.slice(hash + 1);
  const executed = run.exec(rest);
  if (executed !== null) {
    const [, what = "", runtime = "", caller = ""] = executed;
    return { case: owner, layer: "run", what, runtime, caller };
  }
  const slash = rest.indexOf("/");
  if (slash < 0) return { case: owner, layer: rest, what: "" };
  return { case: owner, layer: rest.slice(0, slash), what: rest.slice(slash + 1) };
}
