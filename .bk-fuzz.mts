import { run as _r } from "./test/systems/buildkit/run.ts";
import { Rejection } from "./src/systems/rejection.ts";
import { Misfit } from "./src/systems/misfit.ts";
import { parseIp, printIp } from "./src/go/ip.ts";
import { quote } from "./src/go/quote.ts";
import { cleanPath } from "./src/go/clean-path.ts";
let seed = Number(process.argv[2] ?? 1);
const rnd = () => { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
const int = (n: number) => Math.floor(rnd() * n);
const pick = <T,>(l: readonly T[]): T => l[int(l.length)]!;
const rep = (n: number, f: () => string) => Array.from({ length: int(n) }, f).join("");
const out = (o: object) => process.stdout.write(JSON.stringify(o) + "\n");
const attempt = (f: () => unknown) => { try { return f(); } catch (e) { if (e instanceof Rejection) return "E:" + e.message; if (e instanceof Misfit) return undefined; throw e; } };
const N = Number(process.argv[3] ?? 2000);
const rt = ["nameserver", "nameserver ", "search", "search ", "options", " ", "\t", "\n", "\n", "\n", "127.0.0.1", "127.0.0.53", "::1", "192.0.2.1", "127.1.2.345678", "fe80::1%eth0", "#", ";", "\r", "\f", "\v", "x", "a.b", ".", "\u00a0", "\u2028", "\u0085", "é", "256.1.1.1", "1:2:3:4:5:6:7:8", ":", "0"];
const pw = ["root", "app", "x", ":", ":", ":", "0", "7", "1000", "-1", "+5", "4294967296", "9223372036854775808", "\n", "\n", " ", "\t", "\u00a0", ",", "", "\r", "é", "\u0085"];
for (let i = 0; i < N; i++) {
  const host = rep(14, () => pick(rt));
  const l = () => Array.from({ length: int(3) }, () => pick([" ", ".", "a", "127.0.0.1", "", "b c", "\t", "::1"]));
  const dns = rnd() < 0.5 ? null : { nameservers: l(), options: l(), searchDomains: l() };
  out({ op: "resolv", host, dns, want: _r("resolvConf", { hostContent: host, dns }) });
  out({ op: "path", host, want: _r("resolvConfPath", {}, { hostEtcResolvConf: host }) });
  const ipt = rep(12, () => pick([":", ":", "::", "0", "1", "f", "ff", "192", ".", "1.2.3.4", "a", "G", "00", "%"]));
  const longGroup = /[0-9a-fA-F]{5,}/.test(ipt);
  if (!longGroup) { const ip = parseIp(ipt); out({ op: "ip", text: ipt, want: ip === undefined ? "none" : printIp(ip) }); }
  const qt = rep(8, () => rnd() < 0.5 ? pick(["a", "\"", "\\", "\n", "\x01", "\x7f", "\u200b", "é", "日", "\u{1f600}", "\u00ad", "\u2028", " ", "\u00a0", "'"]) : String.fromCodePoint(int(0xd000)));
  out({ op: "quote", text: qt, want: quote(qt) });
  const ct = rep(10, () => pick(["/", "/", ".", "..", "a", "b", "//", "..."]));
  out({ op: "clean", text: ct, want: cleanPath(ct) });
  const u = rnd() < 0.5 ? rep(5, () => pick(pw.filter((x) => x !== "\n"))) : pick(["root", "app", "x", "7", "1000", "-1", "+5", ""]) + pick(["", ":", ":7", ":app", ":root", ":x", ":7:y", ":-1", ":1000"]);
  const f = () => pick(["root", "app", "x", "", "0", "7", "1000", "-1", "+5", "4294967296", " 5", "99999999999999999999", "app,root", "root,app,app"]);
  const ln = () => pick(["", " ", "\u00a0", "\t"]) + Array.from({ length: int(6) }, f).join(":") + pick(["", "\r", " ", "\u0085"]) + "\n";
  const passwd = rnd() < 0.1 ? null : rnd() < 0.3 ? rep(30, () => pick(pw)) : rep(5, ln);
  const group = rnd() < 0.1 ? null : rnd() < 0.3 ? rep(30, () => pick(pw)) : rep(5, ln);
  const r = attempt(() => { const v = _r("user", { user: u, passwd, group }) as any; return `${v.uid} ${v.gid} ${v.sgids === null ? "null" : JSON.stringify(v.sgids)}`; });
  out({ op: "user", user: u, passwd, group, want: r });
  out({ op: "plain", user: u, want: attempt(() => { const v = _r("parseUidGid", { user: u }) as any; return `${v.uid} ${v.gid}`; }) });
  const root = "/tmp/BK-fs/r";
  const nm = () => pick(["q1", "q2", "q3", "q4"]);
  const rel = () => Array.from({ length: 1 + int(4) }, () => pick([nm(), nm(), nm(), "..", ".", ""])).join("/");
  const seen = new Set<string>(); const tree: any[] = [];
  for (let k = int(8); k > 0; k--) {
    const path = `${root}/${Array.from({ length: 1 + int(2) }, nm).join("/")}`;
    const type = pick(["dir", "file", "symlink", "symlink", "symlink"]);
    const t = (rnd() < 0.3 ? "/" : "") + rel();
    if (type === "symlink" && t === "") continue;
    tree.push(type === "symlink" ? { path, type, target: t } : type === "file" ? { path, type, content: "" } : { path, type });
  }
  const p = (rnd() < 0.3 ? "/" : "") + rel() + (rnd() < 0.1 ? "/" : "");
  const ok: any[] = []; // only entries that can be made
  for (const t of tree) { if (attempt(() => _r("rootPath", { root: "/zz", path: "x", tree: [...ok, t] })) !== undefined && !ok.some((o) => o.path === t.path)) ok.push(t); }
  out({ op: "root", root, path: p, tree: ok, want: attempt(() => _r("rootPath", { root, path: p, tree: ok })) });
}
