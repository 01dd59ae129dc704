import Elk, { type ElkNode } from 'elkjs/lib/elk.bundled.js';

// Lays a graph out in a thread of its own: a thousand nodes take a second.
const elk = new Elk();

self.addEventListener('message', (event: MessageEvent<{ id: number; graph: ElkNode }>) => {
  const { id, graph } = event.data;
  elk.layout(graph).then(
    (laidOut) => self.postMessage({ id, children: laidOut.children ?? [] }),
    (error: unknown) => self.postMessage({ id, error: String(error) }),
  );
});
