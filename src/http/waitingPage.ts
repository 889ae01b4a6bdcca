const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A page that says why there is nothing to see yet, and looks again by itself. */
export const waitingPage = (message: string, againAfterSeconds: number): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${againAfterSeconds}">
<title>Hearthwork</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif }
body { display: grid; place-content: center; min-height: 100vh; margin: 0; text-align: center; padding: 1rem; box-sizing: border-box }
</style>
</head>
<body>
<main>
<h1>Hearthwork</h1>
<p role="status">${escaped(message)} …</p>
</main>
</body>
</html>
`;
