/**
 * The resolv.conf of a step. Fact sheet: upstream executor/oci/resolvconf.go, docker/libnetwork resolvconf. White space is
 * that of Go's regular expressions: tab, LF, FF, CR and blank.
 */
import { fields } from "../../go/space.ts";
import type { Dns } from "./dns.ts";

/** The text, from that of the host's file (blank where there is none) and the daemon's settings, if there are any. */
export function resolvConfText(host: string, dns: Dns | null | undefined): string {
  return withoutLoopback(dns === null || dns === undefined ? host : rebuilt(host, dns));
}

const usual = "/etc/resolv.conf";
const systemd = "/run/systemd/resolve/resolv.conf";

/** The file of the host that counts: systemd's own where the usual one, if there is one, names nothing but its stub. */
export function resolvConfPath(text: string | null | undefined): string {
  const servers = nameservers(text ?? "");
  return servers.length === 1 && servers[0] === "127.0.0.53" ? systemd : usual;
}

/** Comments and everything else are lost. */
function rebuilt(host: string, dns: Dns): string {
  const search = orElse(dns.searchDomains, () => lastWords(host, searchLine));
  const servers = orElse(dns.nameservers, () => nameservers(host));
  const options = orElse(dns.options, () => lastWords(host, optionsLine));
  return [
    ...(search.length === 0 || trimBlanks(search.join(" ")) === "." ? [] : [`search ${search.join(" ")}\n`]),
    ...servers.map((server) => `nameserver ${server}\n`),
    ...(trimBlanks(options.join(" ")) === "" ? [] : [`options ${options.join(" ")}\n`]),
  ].join("");
}

function orElse(given: readonly string[] | null | undefined, found: () => readonly string[]): readonly string[] {
  return given?.length ? given : found();
}

/** Only U+0020 counts. */
function trimBlanks(text: string): string {
  return text.replace(/^ +/, "").replace(/(?<! ) +$/, "");
}

/** Loopback servers, with the white space behind them, which reaches into the lines that follow. */
const loopback = /(?<![^\n])nameserver[\t\n\f\r ]+(?:127\.(?:[0-9]{1,3}\.){2}[0-9]{1,3}|::1(?![^\n]))[\t\n\f\r ]*/g;

const publicServers = ["8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844"];

/** Takes loopback servers out, since nobody listens there in a network of its own; where none is left, adds public ones. */
function withoutLoopback(text: string): string {
  const kept = text.replace(loopback, "");
  if (nameservers(kept).length > 0) return kept;
  return `${kept}\n${publicServers.map((server) => `nameserver ${server}`).join("\n")}`;
}

const block = "(?:25[0-5]|2[0-4][0-9]|[0-1]?[0-9][0-9]?)";
const ipv4 = `(?:${block}\\.){3}${block}`;
const ipv6 = "(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%[0-9A-Za-z_]+)?";
const serverLine = new RegExp(`^[\\t\\n\\f\\r ]*nameserver[\\t\\n\\f\\r ]*(${ipv4}|${ipv6})[\\t\\n\\f\\r ]*$`);
const searchLine = /^[\t\n\f\r ]*search([\s\S]*)$/;
const optionsLine = /^[\t\n\f\r ]*options([\s\S]*)$/;

/** The addresses of the servers that `text` names, in order. */
function nameservers(text: string): readonly string[] {
  return lines(text).flatMap((line) => serverLine.exec(line)?.[1] ?? []);
}

/** The words behind the keyword of the last line that has it, none where they are missing there. */
function lastWords(text: string, pattern: RegExp): readonly string[] {
  const rest = lines(text).findLast((line) => pattern.test(line));
  return rest === undefined ? [] : fields(pattern.exec(rest)?.[1] ?? "");
}

/** Without comments that start with a number sign; upstream knows no others. */
function lines(text: string): readonly string[] {
  return text.split("\n").map((line) => {
    const comment = line.indexOf("#");
    return comment === -1 ? line : line.slice(0, comment);
  });
}
