/**
 * `npm run bench:canvas`: what the canvas costs the main thread of a browser, with formulas of several sizes: opening,
 * dragging, panning, zooming, and from an edit to the figures of the preview. `-- 300 2000` measures these sizes;
 * `URL=http://localhost:3000` measures a server that runs already.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { table } from '#cli/table.ts';
import { costOfStep, costsOf } from '#tools/bench-canvas/costs.ts';
import { largeFormula } from '#tools/bench-canvas/large-formula.ts';
import { findChromium } from '#tools/chromium.ts';
import { apiOf } from '../e2e/support/api.ts';
import { startServer } from '../e2e/support/server.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const SIZES = process.argv.slice(2).map(Number);
const running = process.env['URL'];
const TITLE = '[data-testid="node-title"]';

const figure = (value: number): string => value.toFixed(1);

/** Registers somebody and makes the formula; gives the address of the formula. */
async function prepare(page: Page, nodeCount: number): Promise<string> {
  const api = apiOf(page);
  const name = `bench-${process.pid}-${nodeCount}`;
  await api.session.register.mutate({
    name,
    email: `${name}@example.com`,
    password: 'a quiet loom at dawn',
    organisation: name,
  });
  const { id } = await api.formula.import.mutate({ fileName: `${nodeCount}.json`, text: largeFormula(nodeCount) });
  return `/formulas/${id}`;
}

async function measure(browser: Browser, url: string, nodeCount: number): Promise<string[]> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const path = await prepare(page, nodeCount);
  // The second time: the pages of the builder are in the browser.
  await page.goto(path);
  await page.locator(TITLE).first().waitFor({ timeout: 120_000 });
  await page.goto('/formulas');
  const began = Date.now();
  await page.goto(path);
  await page.locator(TITLE).first().waitFor({ timeout: 120_000 });
  const opened = Date.now() - began;
  await page
    .getByRole('region', { name: 'Preview' })
    .getByText(/bars in/)
    .waitFor({ timeout: 120_000 });
  const previewed = Date.now() - began;
  const costs = await costsOf(page);
  const canvas = await page.locator('.react-flow').boundingBox();
  if (!canvas) throw new Error('There is no canvas.');
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };

  const drag = async (): Promise<number> => {
    const box = await nodeInSight(page, canvas);
    await page.mouse.move(box.x, box.y);
    await page.mouse.down();
    await page.mouse.move(box.x + 6, box.y + 6);
    const cost = await costOfStep(page, costs, (step) =>
      page.mouse.move(box.x + 40 * Math.sin(step / 9), box.y + 40 * Math.cos(step / 9)),
    );
    await page.mouse.up();
    await page.keyboard.press('Control+z');
    return cost;
  };
  const near = await drag();
  await page.mouse.move(middle.x, middle.y);
  const pan = await costOfStep(page, costs, (step) => page.mouse.wheel(step % 24 < 12 ? 14 : -14, step % 2 ? 10 : -10));
  await page.keyboard.down('Control');
  const zoom = await costOfStep(page, costs, (step) => page.mouse.wheel(0, step % 24 < 12 ? 20 : -20));
  await page.keyboard.up('Control');

  const edits: number[] = [];
  for (let count = 0; count < 5; count += 1) edits.push(await editToPreview(page, 11 + count));
  edits.sort((a, b) => a - b);

  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
  await page.keyboard.press('Shift+F');
  await page.waitForTimeout(1_500);
  const whole = await drag();
  await page.mouse.move(middle.x, middle.y);
  const panOfWhole = await costOfStep(page, costs, (step) =>
    page.mouse.wheel(step % 24 < 12 ? 14 : -14, step % 2 ? 10 : -10),
  );
  const inDom = await page.locator('.react-flow__node').count();
  await context.close();
  return [
    nodeCount.toLocaleString('en'),
    String(opened),
    String(previewed),
    figure(near),
    figure(whole),
    figure(pan),
    figure(panOfWhole),
    figure(zoom),
    String(edits[2]),
    String(inDom),
  ];
}

/** The middle of the header of a node that lies in the middle of the canvas. */
async function nodeInSight(page: Page, canvas: { x: number; y: number; width: number; height: number }) {
  const place = await page.locator('.react-flow__node').evaluateAll((nodes, { x, y, width, height }) => {
    const boxes = nodes.map((node) => node.getBoundingClientRect());
    const distance = (box: DOMRect) =>
      Math.hypot(box.x + box.width / 2 - x - width / 2, box.y + box.height / 2 - y - height / 2);
    const best = boxes.sort((a, b) => distance(a) - distance(b))[0];
    return best ? { x: best.x + best.width / 2, y: best.y + Math.min(best.height / 2, best.width * 0.08) } : null;
  }, canvas);
  if (place) return place;
  // Where nodes are drawn as a picture, there is one under every place of it.
  return { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
}

/** From the key that ends an edit to other figures in the preview, in milliseconds of the clock. */
async function editToPreview(page: Page, value: number): Promise<number> {
  const name = await page.evaluate(() => {
    const field = [...document.querySelectorAll<HTMLInputElement>('.react-flow__node input')].find((input) => {
      const box = input.getBoundingClientRect();
      return (
        /timePeriod|value/.test(input.getAttribute('aria-label') ?? '') &&
        box.x > 0 &&
        document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === input
      );
    });
    field?.setAttribute('data-bench', 'field');
    return field !== undefined;
  });
  if (!name) return Number.NaN;
  const input = page.locator('[data-bench="field"]').first();
  await input.fill(String(value));
  const changed = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const isFigure = ({ target }: MutationRecord): boolean => {
          const element = target instanceof Element ? target : target.parentElement;
          return element?.closest('[aria-label="Preview"] header, [data-testid="node-value"]') !== null;
        };
        let began = 0;
        addEventListener('keydown', () => (began = performance.now()), { once: true, capture: true });
        const observer = new MutationObserver((records) => {
          if (began === 0 || !records.some(isFigure)) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - began));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(() => resolve(Number.NaN), 20_000);
      }),
  );
  await page.waitForTimeout(50);
  await input.press('Enter');
  return Math.round(await changed);
}

const server = running === undefined ? await startServer() : null;
const browser = await chromium.launch({
  executablePath: findChromium(process.env['CHROMIUM_PATH'], say),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const rows: string[][] = [];
  for (const size of SIZES.length > 0 ? SIZES : [15, 300, 2_000, 5_000]) {
    const row = await measure(browser, running ?? server?.url ?? '', size).catch((error: unknown) => {
      say(`${size} nodes: ${String(error).split('\n')[0] ?? ''}`);
      return null;
    });
    if (row) rows.push(row);
    say(`Measured ${size} nodes: ${row?.join('  ') ?? 'not'}`);
  }
  say(
    table(
      [
        'nodes',
        'open ms',
        'preview ms',
        'drag',
        'drag, whole',
        'pan',
        'pan, whole',
        'zoom',
        'edit→preview ms',
        'in DOM',
      ],
      rows,
    ),
  );
  say('A step of drag, pan and zoom: milliseconds of the main thread. Whole: as far as the canvas zooms out.');
} finally {
  await browser.close();
  await server?.remove();
}
