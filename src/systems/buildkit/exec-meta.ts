/** The environment of a step as an operation of a build fills it in. Fact sheet: upstream solver/llbsolver/ops/exec.go. */

/** The proxies of a build; a blank one adds nothing. */
export interface ProxyEnv {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly ftpProxy?: string;
  readonly noProxy?: string;
}

const defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Its own variables, then the proxies, each in capitals and small letters, then PATH unless one of them sets it. */
export function execEnvironment(env: readonly string[], proxy: ProxyEnv | null | undefined): readonly string[] {
  const { httpProxy = "", httpsProxy = "", ftpProxy = "", noProxy = "" } = proxy ?? {};
  const proxies = { HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy, FTP_PROXY: ftpProxy, NO_PROXY: noProxy };
  const all = [
    ...env,
    ...Object.entries(proxies).flatMap(([name, value]) =>
      value === "" ? [] : [`${name}=${value}`, `${name.toLowerCase()}=${value}`],
    ),
  ];
  return all.some((entry) => entry.startsWith("PATH=")) ? all : [...all, defaultPath];
}
