import type { ReactNode } from 'react';

/** What React tells its developer tools of a component: the fields that say whether the component has rendered. */
interface Fiber {
  readonly type: unknown;
  readonly flags: number;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

/** React sets this flag on a component whose function was called. */
const PERFORMED_WORK = 1;

export interface Mounted {
  readonly element: HTMLElement;
  /** What `work` makes React render: how many times each component does, by its name. */
  readonly renders: (work: () => void) => Promise<ReadonlyMap<string, number>>;
  readonly unmount: () => Promise<void>;
}

/** Draws `ui` into a page that has a size, and counts renders. For tests in an environment with a document. */
export async function mount(ui: ReactNode): Promise<Mounted> {
  const counts = new Map<string, number>();
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, ResizeObserver: SizedObserver });
  giveSize();
  listen((root) => countRendered(root, counts));
  const [{ act }, { createRoot }] = await Promise.all([import('react'), import('react-dom/client')]);
  const element = document.createElement('div');
  document.body.append(element);
  const root = createRoot(element);
  await act(async () => root.render(ui));
  return {
    element,
    renders: async (work) => {
      counts.clear();
      await act(async () => work());
      return new Map(counts);
    },
    unmount: async () => {
      await act(async () => root.unmount());
      element.remove();
    },
  };
}

/** All renders together. */
export const sumOf = (renders: ReadonlyMap<string, number>): number =>
  [...renders.values()].reduce((sum, count) => sum + count, 0);

let onCommit: (root: Fiber) => void = () => undefined;

/** React looks for its developer tools once, when it is loaded. */
function listen(listener: (root: Fiber) => void): void {
  onCommit = listener;
  Object.assign(globalThis, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_id: number, { current }: { readonly current: Fiber }) => onCommit(current),
      onCommitFiberUnmount: () => undefined,
    },
  });
}

function countRendered(fiber: Fiber, counts: Map<string, number>): void {
  const name = nameOf(fiber.type);
  if (name !== null && (fiber.flags & PERFORMED_WORK) !== 0) counts.set(name, (counts.get(name) ?? 0) + 1);
  // Below the same child nothing has rendered, and the flags are those of an earlier commit.
  if (fiber.alternate !== null && fiber.child === fiber.alternate.child) return;
  for (let child = fiber.child; child !== null; child = child.sibling) countRendered(child, counts);
}

/** Null of what is no component: elements of the page, texts, fragments. */
function nameOf(type: unknown): string | null {
  if (typeof type === 'function') return 'displayName' in type ? String(type.displayName) : type.name || 'anonymous';
  if (typeof type !== 'object' || type === null) return null;
  if ('displayName' in type) return String(type.displayName);
  const inner = 'type' in type ? type.type : 'render' in type ? type.render : null;
  return inner === null ? null : nameOf(inner);
}

const SIZE = { width: 1440, height: 900 };

/** A document without a screen gives everything the size 0, and what is drawn by its size is then not drawn. */
function giveSize(): void {
  Object.defineProperties(HTMLElement.prototype, {
    offsetWidth: { configurable: true, get: () => SIZE.width },
    offsetHeight: { configurable: true, get: () => SIZE.height },
  });
}

class SizedObserver {
  readonly #callback: ResizeObserverCallback;
  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }
  observe(target: Element): void {
    const entry = { target, contentRect: { ...SIZE, x: 0, y: 0 } };
    this.#callback([entry as unknown as ResizeObserverEntry], this);
  }
  unobserve(): void {}
  disconnect(): void {}
}
