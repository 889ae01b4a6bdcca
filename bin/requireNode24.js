/** Ends the process with advice unless Node 24 or newer runs it. Plain JavaScript: an old Node must be able to read it. */
export function requireNode24() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 24) return;
  process.stderr.write(
    `hearthwork: needs Node 24 or newer; this is Node ${process.versions.node}.\n` +
      "In a checkout: npm start, or npm run hearthwork -- COMMAND; npm puts the pinned Node 24 first. If npm itself\n" +
      'leads here, that Node was not installed: run npm ci again, with install scripts allowed for "node".\n' +
      "Installed globally: install Node 24 (from nodejs.org, or npm install --global node@24), then try again.\n",
  );
  process.exit(2);
}
