/** A peer's address to count by: IPv4 also where it comes by IPv6, and of IPv6 the /64 that one site has. */
export function peerAddress(remote: string | undefined): string {
  if (remote === undefined) return "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(remote)?.[1];
  if (mapped !== undefined) return mapped;
  return remote.includes(":") ? `${firstGroups(remote, 4).join(":")}::/64` : remote;
}

function firstGroups(address: string, count: number): readonly string[] {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  return [...before, ...zeros, ...after].slice(0, count);
}

const groupsOf = (part: string) => (part === "" ? [] : part.split(":"));
