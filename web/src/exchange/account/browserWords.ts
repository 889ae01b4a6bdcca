const browsers = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const systems = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

/** What somebody would call the browser that names itself so: "Firefox on Windows". */
export function browserWords(agent: string): string {
  const [, browser] = browsers.find(([mark]) => agent.includes(mark)) ?? [];
  const [, system] = systems.find(([mark]) => agent.includes(mark)) ?? [];
  if (browser === undefined) return agent.slice(0, 40) || "Another program";
  return system === undefined ? browser : `${browser} on ${system}`;
}
