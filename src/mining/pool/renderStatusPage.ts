import { createHash } from "node:crypto";
import { between, type Sats } from "../../domain/index.ts";
import { formatDifficulty, formatDuration, formatHashrate } from "../formatFigures.ts";
import type { FoundBlock, PoolStatus } from "./poolStatus.ts";
import type { WorkerRow } from "./workerLedger.ts";

const refresh = `
setInterval(async () => {
  if (document.hidden) return;
  try {
    const reply = await fetch("/", { cache: "no-store" });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
  } catch {
    document.querySelector("#state").textContent = "The pool does not answer.";
  }
}, 5000);
`;

const style = `
:root { color-scheme: light dark; --paper: #fbf9f6; --card: #fff; --ink: #231f1b; --faint: #6b6259;
  --line: #e6dfd6; --ember: #b3430f; --good: #2b6d34; }
@media (prefers-color-scheme: dark) { :root { --paper: #181513; --card: #221e1b; --ink: #f1ebe4; --faint: #a99e92;
  --line: #38312b; --ember: #ff8a4c; --good: #7fc98a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
p { margin: .25rem 0; color: var(--faint); overflow-wrap: anywhere; }
p.trouble { color: var(--ember); font-weight: 600; }
dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; margin: 1.25rem 0 0; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; }
dt { color: var(--faint); font-size: .85rem; }
dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: separate; border-spacing: 0; background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .75rem; text-align: right; white-space: nowrap; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--faint); font-size: .85rem; font-weight: 500; }
th:first-child, td:first-child { text-align: left; font-weight: 600; }
td:first-child, td.words { white-space: normal; overflow-wrap: anywhere; }
td p { font: .75rem/1.4 ui-monospace, monospace; }
.away { color: var(--faint); }
.good { color: var(--good); }
.bad { color: var(--ember); }
@media (max-width: 40rem) { .wide { display: none; } th, td { padding: .5rem; }
  dl { grid-template-columns: repeat(2, 1fr); } }
`;

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What the page may do: nothing but its own style and script, and asking this server. */
export const statusPagePolicy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(refresh)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A pool's status as one page that needs nothing else and keeps itself new. */
export function renderStatusPage(status: PoolStatus): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(`${formatHashrate(status.hashrate)} · Hearthwork pool`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Hearthwork pool</h1>
${renderState(status)}
${renderFigures(status)}
<h2>Workers</h2>
${renderWorkers(status)}
<h2>Blocks found</h2>
${renderBlocks(status)}
</main>
<script>${refresh}</script>
</body>
</html>
`;
}

function renderState({ url, address, node, serving }: PoolStatus): string {
  const trouble = node.trouble === undefined ? "" : escape(node.trouble);
  const state = serving
    ? `Point miners at <strong>${escape(url)}</strong>. Blocks pay ${escape(address)} (${node.network}).`
    : "Waiting for the Bitcoin node; miners are sent away until it answers.";
  return `<p id="state">${state}</p>${trouble ? `<p class="trouble">${trouble}</p>` : ""}`;
}

function renderFigures(status: PoolStatus): string {
  const figures: readonly (readonly [string, string])[] = [
    ["Hash rate", formatHashrate(status.hashrate)],
    ["Block wanted", formatCount(status.height)],
    ["It pays", formatBitcoin(status.reward)],
    ["Network difficulty", formatDifficulty(status.networkDifficulty)],
    ["Best share", formatDifficulty(status.bestShare)],
    ["Shares accepted", formatCount(status.accepted)],
    ["Rejected · stale", `${formatCount(status.rejected)} · ${formatCount(status.stale)}`],
    ["Up for", formatDuration(status.uptime)],
  ];
  const cells = figures.map(([name, value]) => `<div><dt>${name}</dt><dd>${escape(value)}</dd></div>`);
  return `<dl>${cells.join("")}</dl>`;
}

function renderWorkers({ workers, now }: PoolStatus): string {
  if (workers.length === 0) return "<p>None yet.</p>";
  const row = (worker: WorkerRow) => {
    const last = worker.lastShareAt === undefined ? "–" : formatDuration(between(worker.lastShareAt, now));
    return [
      `<tr${worker.connected ? "" : ' class="away"'}><td>${escape(worker.user)}</td>`,
      `<td>${formatHashrate(worker.hashrate)}</td>`,
      `<td>${formatCount(worker.accepted)}</td>`,
      `<td class="wide">${formatCount(worker.rejected)}</td>`,
      `<td class="wide">${formatCount(worker.stale)}</td>`,
      `<td class="wide">${formatDifficulty(worker.difficulty)}</td>`,
      `<td>${formatDifficulty(worker.bestShare)}</td>`,
      `<td class="wide">${last}</td></tr>`,
    ].join("");
  };
  return `<table><thead><tr><th scope="col">Name</th><th scope="col">Hash rate</th><th scope="col">Shares</th>
<th scope="col" class="wide">Rejected</th><th scope="col" class="wide">Stale</th>
<th scope="col" class="wide">Difficulty</th><th scope="col">Best</th><th scope="col" class="wide">Last share</th>
</tr></thead><tbody>${workers.map(row).join("\n")}</tbody></table>`;
}

function renderBlocks({ blocks }: PoolStatus): string {
  if (blocks.length === 0) return "<p>None yet.</p>";
  const row = (block: FoundBlock) => {
    const [words, tone] = outcomeWords[block.outcome];
    const why = block.why === undefined ? "" : `: ${block.why}`;
    const time = new Date(block.at).toISOString().slice(0, 19).replace("T", " ");
    return [
      `<tr><td>${formatCount(block.height)}<p>${escape(block.hash)}</p></td>`,
      `<td class="wide">${time} UTC</td><td class="wide">${escape(block.user)}</td>`,
      `<td>${formatBitcoin(block.reward)}</td><td class="words ${tone}">${escape(`${words}${why}`)}</td></tr>`,
    ].join("");
  };
  return `<table><thead><tr><th scope="col">Block</th><th scope="col" class="wide">Time</th>
<th scope="col" class="wide">Worker</th><th scope="col">Pays</th><th scope="col">Node says</th></tr></thead>
<tbody>${blocks.map(row).join("\n")}</tbody></table>`;
}

const outcomeWords: Readonly<Record<FoundBlock["outcome"], readonly [words: string, tone: string]>> = {
  pending: ["being submitted", ""],
  accepted: ["accepted", "good"],
  duplicate: ["accepted", "good"],
  inconclusive: ["inconclusive", ""],
  rejected: ["rejected", "bad"],
};

const formatCount = (count: number) => count.toLocaleString("en");
const formatBitcoin = (sats: Sats) => `${Number((Number(sats) / 1e8).toFixed(4))} BTC`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
