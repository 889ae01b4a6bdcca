/** The circles of a directed graph, one a strongly connected part, each in an order in which one can walk it. */
export function findCircles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const circles: string[][] = [];
  const inACircle = new Set<string>();
  for (const start of edges.keys()) {
    if (inACircle.has(start)) continue;
    const circle = wayBack(edges, start);
    if (!circle) continue;
    circles.push(circle);
    for (const node of circle) inACircle.add(node);
  }
  return circles;
}

/** The shortest way from `start` to itself. */
function wayBack(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (next === start) {
        const way = [node];
        for (let at = node; at !== start;) {
          at = cameFrom.get(at) ?? start;
          way.unshift(at);
        }
        return way;
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}
