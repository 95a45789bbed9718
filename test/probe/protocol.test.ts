import { answersExpected, questionFile, readAnswer, readTranscript } from "../../runner/execute/probe/protocol.ts";
import { assert, test } from "../suite.ts";

const nonce = "00ff00ff00ff00ff00ff00ff00ff00ff";
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
const frame = (name: string, body: string, status = 0): string =>
  `\n${nonce} ${name} begin\n${body}\n${nonce} ${name} end ${status}\n`;

test("frames carry their bytes and status", () => {
  const transcript = readTranscript(
    bytes(`noise${frame("1", "a\xffb\n")}${frame("2", "", 1)}\n${nonce} end 2\n`),
    nonce,
    false,
    2,
  );
  if (transcript.state !== "answered") throw new Error(transcript.state);
  assert.ok(transcript.complete);
  assert.equal([...(transcript.frames.get("1")?.bytes ?? [])], [97, 255, 98, 10]);
  assert.is(transcript.frames.get("2")?.status, 1);
});

test("answers with another nonce are silence", () => {
  assert.is(readTranscript(bytes(frame("1", "x")), "11".repeat(16), false, 1).state, "silent");
});

test("a frame without its end is no answer, and the whole is not complete", () => {
  const transcript = readTranscript(bytes(`${frame("1", "x")}\n${nonce} 2 begin\nhalf`), nonce, false, 1);
  if (transcript.state !== "answered") throw new Error(transcript.state);
  assert.not(transcript.complete);
  assert.ok(transcript.frames.has("1"));
  assert.not(transcript.frames.has("2"));
});

test("a frame that pretends to end another one is ignored", () => {
  const transcript = readTranscript(
    bytes(`\n${nonce} 1 begin\nx\n${nonce} 2 end 0\n${nonce} end 1\n`),
    nonce,
    false,
    1,
  );
  if (transcript.state !== "answered") throw new Error(transcript.state);
  assert.is(transcript.frames.size, 0);
});

test("a terminal's line ends are folded", () => {
  const text = `${frame("1", "a\nb\n")}\n${nonce} end 1\n`.replaceAll("\n", "\r\n");
  const transcript = readTranscript(bytes(text), nonce, true, 1);
  if (transcript.state !== "answered") throw new Error(transcript.state);
  assert.is(Buffer.from(transcript.frames.get("1")?.bytes ?? []).toString(), "a\nb\n");
});

test("an end that counts fewer answers than were asked for is not complete", () => {
  const questions = ["cwd", "umask", "args"] as const;
  const numbered = questions.map((ask, index) => ({ number: String(index), question: { on: "cell", ask } as const }));
  assert.is(answersExpected(numbered, true), 3);
  const state = (total: number): boolean => {
    const transcript = readTranscript(bytes(`${frame("1", "x")}\n${nonce} end ${total}\n`), nonce, false, 3);
    return transcript.state === "answered" && transcript.complete;
  };
  assert.not(state(1));
  assert.not(state(3), "one frame is not three");
});

test("an escape is the only fact", () => {
  assert.equal(readTranscript(bytes(`${frame("1", "x")}\n${nonce} escaped\n`), nonce, false, 1), { state: "escaped" });
});

test("question arguments never reach the shell as syntax", () => {
  const file = questionFile([{ number: "1", question: { on: "cell", ask: "stat", path: "/a b$(x)\n;é" } }], true);
  assert.is(file, "1 stat /a\\0040b\\0044\\0050x\\0051\\0012\\0073\\0303\\0251\ncalls calls \n");
});

test("a failed command is a failed answer in its own words", () => {
  const stat = { on: "cell", ask: "stat", path: "/x" } as const;
  assert.equal(readAnswer(stat, { bytes: bytes("stat: no\n"), status: 1 }), { failed: "stat: no" });
  assert.equal(readAnswer(stat, undefined), { failed: "no answer" });
});

test("stat answers are turned into the form that rules read", () => {
  const stat = { on: "cell", ask: "stat", path: "/dev/null" } as const;
  assert.equal(readAnswer(stat, { bytes: bytes("21b6 0 0 5 4 0 1:3\n"), status: 0 }), {
    text: "char 666 0 0 5 4 0 1:3",
  });
  assert.equal(readAnswer(stat, { bytes: bytes("81a4 1000 100 40 7 12 0:0\n"), status: 0 }), {
    text: "file 644 1000 100 40 7 12 0:0",
  });
});

test("the step's own script and questions are not counted as descriptors", () => {
  const listing =
    "total 0\nlr-x------ 1 0 0 64 Nov 22 02:00 0 -> pipe:[1]\nlr-x------ 1 0 0 64 Nov 22 02:00 10 -> /cupel/step\n";
  assert.equal(readAnswer({ on: "cell", ask: "descriptors" }, { bytes: bytes(listing), status: 0 }), {
    text: "0 pipe:[1]\n",
  });
});
