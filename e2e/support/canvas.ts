import type { Locator, Page } from '@playwright/test';
import { chainsOf } from '#core/formula/chains/chain.ts';
import { parse } from '#core/formula/language/parse.ts';
import { isRef } from '#core/formula/model/formula.ts';
import { textOf } from './code-pane.ts';
import { node } from './journeys.ts';
import { expect } from './test.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

const handle = (page: Page, nodeName: string, port: string): Locator =>
  node(page, nodeName).locator(`.react-flow__handle[data-handleid="${port}"]`);

/** The middle of a port's dot. */
export async function portAt(page: Page, nodeName: string, port: string): Promise<Place> {
  const box = await handle(page, nodeName, port).boundingBox();
  if (!box) throw new Error(`${nodeName} shows no ${port}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export async function drag(page: Page, from: Place, to: Place): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

export const wire = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });

/**
 * The view glides to where it shall be: places of nodes are read behind that. Stands still: the same for more frames
 * than a glide takes to begin.
 */
export const expectStill = (page: Page): Promise<void> =>
  page.locator('.react-flow__viewport').evaluate(
    (viewport: HTMLElement) =>
      new Promise((resolve) => {
        let before = '';
        let frames = 0;
        const look = (): void => {
          frames = viewport.style.transform === before ? frames + 1 : 0;
          before = viewport.style.transform;
          if (frames < 20) requestAnimationFrame(look);
          else resolve();
        };
        look();
      }),
  );

/** Somewhere on a wire, away from nodes. */
export const wireAt = (page: Page, name: string): Promise<Place> =>
  wire(page, name)
    .locator('.react-flow__edge-path')
    .evaluate((path: SVGPathElement) => {
      const { x, y } = path
        .getPointAtLength(path.getTotalLength() / 2)
        .matrixTransform(path.getScreenCTM() ?? undefined);
      return { x, y };
    });

/** A place of the canvas without a node or a wire. */
export async function emptyPlace(page: Page): Promise<Place> {
  const box = await page.locator('.react-flow__pane').boundingBox();
  if (!box) throw new Error('There is no canvas.');
  return { x: box.x + box.width * 0.4, y: box.y + 14 };
}

/**
 * Another such place, so far within the canvas that the canvas does not move along with a drag to there: near an edge
 * it moves as long as the drag lasts, on a busy machine until no node is in sight.
 */
export async function placeWithin(page: Page): Promise<Place> {
  const place = await page.locator('.react-flow__pane').evaluate((pane, margin) => {
    const { left, top, right, bottom } = pane.getBoundingClientRect();
    for (let y = top + margin; y < bottom - margin; y += 20)
      for (let x = left + margin; x < right - margin; x += 20) {
        const around = [-12, 0, 12].flatMap((dx) =>
          [-12, 0, 12].map((dy) => document.elementFromPoint(x + dx, y + dy)),
        );
        if (around.every((element) => element === pane)) return { x, y };
      }
    return null;
  }, 60);
  if (!place) throw new Error('The canvas is full.');
  return place;
}

/** Takes a block in the picker by Enter, once what was typed has brought the block to the first place. */
export async function takeFirstBlock(page: Page, name: string): Promise<void> {
  const first = page.getByRole('dialog', { name: 'Add a block' }).getByRole('option').first();
  await expect(first.locator('code')).toHaveText(name);
  await expect(first).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('Enter');
}

export const selectedNodes = (page: Page): Locator => page.locator('.react-flow__node.selected');
export const selectedWires = (page: Page): Locator => page.locator('.react-flow__edge.selected');

/**
 * The wires on the screen, each as what it is drawn between: `fast value → sma timePeriod`. One that ends beside a port
 * is not among them.
 */
const drawnWires = (page: Page): Promise<string[]> =>
  page.locator('.react-flow__edge').evaluateAll((edges) => {
    const handles = [...document.querySelectorAll('.react-flow__handle')].map((element) => {
      const box = element.getBoundingClientRect();
      const name = element.closest('.react-flow__node')?.getAttribute('data-id') ?? '';
      return {
        box,
        end: `${name} ${element.getAttribute('data-handleid') ?? ''}`,
        isInput: element.classList.contains('target'),
      };
    });
    return edges.flatMap((edge) => {
      const path = edge.querySelector<SVGPathElement>('.react-flow__edge-path');
      const matrix = path?.getScreenCTM();
      if (!path || !matrix) return [];
      const [from, to] = [0, path.getTotalLength()].map((length) =>
        path.getPointAtLength(length).matrixTransform(matrix),
      );
      const endOf = (point: DOMPoint | undefined, isInput: boolean) =>
        handles.find(
          (each) =>
            each.isInput === isInput &&
            point !== undefined &&
            Math.abs(point.x - (isInput ? each.box.left : each.box.right)) < 2.5 &&
            Math.abs(point.y - (each.box.top + each.box.height / 2)) < 1.5,
        )?.end;
      const [source, target] = [endOf(from, false), endOf(to, true)];
      return source === undefined || target === undefined ? [] : [`${source} → ${target}`];
    });
  });

/**
 * Waits until as many wires are drawn, from port to port, as the code has references, but those within a chain of
 * signs, which is one node. The whole formula has to be in sight.
 */
export async function expectWiresOfCode(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        const { nodes } = parse(await textOf(page)).formula;
        const links = [...chainsOf({ nodes }).values()].reduce((sum, members) => sum + members.length - 1, 0);
        const references = Object.values(nodes).flatMap(({ args }) => Object.values(args).filter(isRef)).length - links;
        const drawn = new Set(await drawnWires(page)).size;
        return drawn === references ? 'all' : `${drawn} of ${references}`;
      },
      { message: 'wires drawn' },
    )
    .toBe('all');
}
