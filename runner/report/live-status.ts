/** The one line on a terminal that says how far a run has come. */
import type { Event } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import { cut } from "../terminal/display-width.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { checkParts } from "./check-id.ts";
import type { Reporter } from "./reporter.ts";

/** A reporter whose line can be taken away, for a moment or for good. */
export interface LiveStatus extends Reporter {
  /** Takes the line away; the next event brings it back. */
  clear(): void;
}

const clearLine = "\r\u001b[2K";
/** Milliseconds between two paintings; also how often the time is renewed while nothing happens. */
const shortest = 60;
const longest = 500;

/** Paints to `output`, which is a terminal. `now` is in milliseconds. */
export function liveStatus(output: Terminal["stdout"], now: () => number): LiveStatus {
  const began = now();
  let total = 0;
  let done = 0;
  let bad = 0;
  let place = "";
  let painted = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setInterval> | undefined;

  const paint = (): void => {
    const seconds = ((now() - began) / 1000).toFixed(0);
    const red = bad === 0 ? "" : `, ${bad} failed`;
    const line = `${done} of ${total}${red}, ${seconds} s  ${place}`;
    painted = now();
    output.write(clearLine + cut(line, output.columns - 1));
  };
  const clear = (): void => {
    if (painted !== Number.NEGATIVE_INFINITY) output.write(clearLine);
    painted = Number.NEGATIVE_INFINITY;
  };

  return {
    event: (event) => {
      if (event.type === "schedule") {
        total = event.checks.length;
        timer = setInterval(paint, longest);
        // A status line keeps no process alive.
        timer.unref();
      } else if (event.type === "check") {
        done += 1;
        if (event.known === undefined && (event.verdict === "fail" || event.verdict === "error")) bad += 1;
      }
      place = placeOf(event) ?? place;
      if (total > 0 && now() - painted >= shortest) paint();
    },
    clear,
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}

/** The area that an event speaks of, with its runtime. */
function placeOf(event: Event): string | undefined {
  if (event.type === "cell") return printable(event.id);
  if (event.type !== "check") return undefined;
  const { case: id, runtime } = checkParts(event.id);
  const area = id.slice(0, Math.max(0, id.lastIndexOf("/")));
  return printable(runtime === undefined ? area : `${area} on ${runtime}`);
}
