import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { isLoopback, type Listening, parseListen } from "../http/index.ts";

export interface ListenOptions {
  readonly listen?: { readonly host: string; readonly port?: number };
  readonly port: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly hostName: readonly string[];
  readonly trustProxy: readonly string[];
}

/** The options that say from where a server can be reached; `--port` is another's. */
export function addListenOptions(command: Command): Command {
  const listed = (flags: string, words: string, parse: (text: string) => string) =>
    new Option(flags, words)
      .argParser((text: string, before: readonly string[]) => [...before, parse(text)])
      .default([], "none");
  return command
    .addOption(
      new Option(
        "--listen <host[:port]>",
        "where it can be reached; elsewhere than 127.0.0.1 it takes a password and TLS",
      )
        .argParser(listenOf)
        .default(undefined, "127.0.0.1"),
    )
    .option("--tls-cert <file>", "speak https: the certificate in PEM, read again when it is renewed")
    .option("--tls-key <file>", "its key in PEM")
    .addOption(listed("--host-name <name>", "a name by which browsers reach it; may be repeated", hostNameOf))
    .addOption(
      listed(
        "--trust-proxy <address>",
        "a reverse proxy that adds https and says who asks; may be repeated",
        addressOf,
      ),
    );
}

/** What the options come to; ends the command when they do not go together. */
export function listeningOf(options: ListenOptions, command: Command): Listening {
  const { listen, port, tlsCert, tlsKey, trustProxy } = options;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    return command.error("error: --tls-cert and --tls-key go together");
  }
  if (listen?.port !== undefined && command.getOptionValueSource("port") === "cli" && listen.port !== port) {
    return command.error("error: --listen and --port name different ports");
  }
  return {
    host: listen?.host ?? "127.0.0.1",
    port: listen?.port ?? port,
    proxies: trustProxy,
    ...(tlsCert === undefined || tlsKey === undefined ? {} : { tls: { certificate: tlsCert, key: tlsKey } }),
  };
}

/** Where a person opens the page of a server that listens at `url`. */
export function pageUrl(
  url: string,
  { hostNames, proxies }: { hostNames: readonly string[]; proxies: readonly string[] },
) {
  const { protocol, hostname, port } = new URL(url);
  const [name] = hostNames;
  if (name !== undefined) return proxies.length > 0 ? `https://${name}` : `${protocol}//${name}:${port}`;
  if (isLoopback(hostname.replace(/^\[|\]$/g, "")) || !["0.0.0.0", "[::]"].includes(hostname)) return url;
  return `${protocol}//${ownAddress() ?? hostname}:${port}`;
}

function ownAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === "IPv4" && !internal)?.address;
}

function listenOf(text: string) {
  const parsed = parseListen(text);
  if (parsed) return parsed;
  throw new InvalidArgumentError("give it like 0.0.0.0, 192.168.1.20:7420 or [::]:7420");
}

function hostNameOf(text: string): string {
  const name = text.toLowerCase();
  if (
    isIP(name) !== 0 ||
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(name)
  )
    return name;
  throw new InvalidArgumentError("give a name like hearth.example.org, without https:// and without a port");
}

function addressOf(text: string): string {
  if (isIP(text) !== 0) return text.toLowerCase();
  throw new InvalidArgumentError("give the proxy's address, like 192.168.1.2");
}
