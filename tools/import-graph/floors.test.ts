import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circlesOf, floorsOf, type Graph } from './floors.ts';

const graphOf = (text: string): Graph => {
  const graph = new Map<string, Set<string>>();
  for (const [from = '', to = ''] of text.split(' ').map((arrow) => arrow.split('>'))) {
    graph.set(from, (graph.get(from) ?? new Set()).add(to));
    if (!graph.has(to)) graph.set(to, new Set());
  }
  return graph;
};

const arbitraryGraph = fc
  .array(
    fc.tuple(fc.nat(7), fc.nat(7)).filter(([a, b]) => a !== b),
    { minLength: 1, maxLength: 20 },
  )
  .map((arrows) => graphOf(arrows.map(([a, b]) => `${a}>${b}`).join(' ')));

function reaches(graph: Graph, from: string, to: string, seen = new Set<string>()): boolean {
  return [...(graph.get(from) ?? [])].some(
    (next) => next === to || (!seen.has(next) && reaches(graph, next, to, seen.add(next))),
  );
}

describe('the circles of a graph', () => {
  it('are found, the longer ones too', () => {
    expect(circlesOf(graphOf('a>b b>c c>a c>d e>a')).map((circle) => circle.toSorted())).toEqual([['a', 'b', 'c']]);
    expect(circlesOf(graphOf('a>b a>c b>d c>d'))).toEqual([]);
  });

  it('hold exactly what leads back to itself', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const found = new Set(circlesOf(graph).flat());
        for (const name of graph.keys()) expect(found.has(name), name).toBe(reaches(graph, name, name));
      }),
    );
  });
});

describe('the floors of a graph', () => {
  it('stand above what they import, but for circles', () => {
    expect(floorsOf(graphOf('a>b a>c b>d c>d'))).toEqual([['d'], ['b', 'c'], ['a']]);
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const heights = new Map(
          floorsOf(graph).flatMap((floor, height) => floor.map((name) => [name, height] as const)),
        );
        for (const [from, next] of graph)
          for (const to of next)
            if (!reaches(graph, to, from)) expect(heights.get(from)).toBeGreaterThan(heights.get(to) ?? Number.NaN);
      }),
    );
  });
});
