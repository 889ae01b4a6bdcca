/** Of the study's page, in light and dark, down to a phone's width. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #fbfaf8; --card: #fff; --ink: #1d1b18; --dim: #5f5b54; --rule: #dedad2;
  --s1: #77756f; --s2: #a06f00; --s3: #2269c4; --s4: #c9481a; --s5: #6a4fc4; --s6: #0f7a52; }
@media (prefers-color-scheme: dark) { :root { --page: #161513; --card: #201e1b; --ink: #f1eee8; --dim: #b3aea5;
  --rule: #3b3833; --s1: #a9a79f; --s2: #d9a520; --s3: #6aaaf2; --s4: #f5834e; --s5: #b09df5; --s6: #3cc493; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 74rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 0 0 .25rem; } h3 { font-size: .95rem; margin: .5rem 0; }
p { margin: .25rem 0 .75rem; max-width: 46rem; } .dim { color: var(--dim); font-size: .9rem; }
.verdict { font-size: 1.25rem; line-height: 1.4; font-weight: 600; margin: 1rem 0; }
section { background: var(--card); border: 1px solid var(--rule); border-radius: .75rem; padding: 1rem; margin: 1rem 0; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
.pair > section { margin: 0; } .bars { display: grid; gap: 1rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); }
svg { display: block; width: 100%; height: auto; } #map { max-width: 46rem; } .legend { list-style: none; padding: 0; margin: .5rem 0 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9rem; }
.legend li { display: flex; align-items: center; gap: .5rem; } .legend svg { width: 24px; height: 10px; flex: none; }
text { font: 12px system-ui, sans-serif; fill: var(--ink); } .tick, .unit { fill: var(--dim); }
.grid { stroke: var(--rule); } .zero { stroke: var(--dim); } .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.area { fill-opacity: .13; stroke-width: 2; } .here { fill: var(--ink); stroke: var(--card); stroke-width: 2; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } thead th { color: var(--dim); font-weight: 500; vertical-align: bottom; white-space: normal; line-height: 1.3; }
@media (max-width: 32rem) { text { font-size: 18px; } .bars text { font-size: 14px; } }
input[type=range] { width: min(100%, 26rem); display: block; accent-color: var(--s3); }
`;
