import { networkInterfaces } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { HearthworkError } from "../domain/index.ts";
import { type FoundDevice, ownSubnets, parseSubnet, scanNetwork } from "../drivers/index.ts";
import { say, wholeNumber } from "./siteOptions.ts";
import { StatusLine } from "./statusLine.ts";

interface ScanOptions {
  readonly large?: true;
  readonly ports?: readonly number[];
  readonly json?: true;
}

const portList = (text: string) => {
  const ports = text.split(",").map(wholeNumber(1, 65_535));
  if (ports.length > 8) throw new InvalidArgumentError("give at most eight ports");
  return ports;
};

export function addScanCommand(device: Command): void {
  device
    .command("scan [subnet]")
    .description("Find devices in your network. It only asks, at most 64 at a time, and never writes.")
    .option("--ports <ports>", "ports beside 80 and 4028, where devices were moved to", portList)
    .option("--large", "allow a network larger than a /22")
    .option("--json", "print the outcome as JSON on stdout")
    .addHelpText(
      "after",
      `
Examples:
  hearthwork device scan                     the networks that this computer is in
  hearthwork device scan 192.168.1.0/24      that one; 254 addresses take at most 15 s`,
    )
    .action(scan);
}

async function scan(subnet: string | undefined, { large, ports, json }: ScanOptions): Promise<void> {
  const subnets = subnet === undefined ? ownSubnets(networkInterfaces()) : [parseSubnet(subnet, large)];
  if (subnets.length === 0) {
    throw new HearthworkError({
      code: "scan/no-network",
      message: "this computer is in no home's network; name one: hearthwork device scan 192.168.1.0/24",
    });
  }
  const where = subnets.map(({ cidr }) => cidr).join(", ");
  const line = new StatusLine(process.stderr, json === true);
  const found: FoundDevice[] = [];
  await scanNetwork({
    subnets,
    signal: new AbortController().signal,
    onProgress: (share) => line.show(`${bar(share)} ${where}: ${found.length} found`),
    onFound: (device) => found.push(device),
    ...(ports ? { ports } : {}),
  });
  line.end();
  const rows = found.map(({ address, title, driver, needsCredentials, note }) => {
    const hints = [
      driver === undefined ? "no driver" : `driver ${driver}`,
      ...(needsCredentials ? ["wants a login"] : []),
      ...(note ? [note] : []),
    ];
    return `${address}  ${title}: ${hints.join("; ")}`;
  });
  say(
    json,
    { subnets: subnets.map(({ cidr }) => cidr), found },
    rows.join("\n") || `No devices in ${where}.`,
  );
}

const width = 24;
const bar = (share: number) => {
  const full = Math.round(share * width);
  return `[${"#".repeat(full)}${"-".repeat(width - full)}] ${Math.round(share * 100)} %`;
};
