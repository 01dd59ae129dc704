import type { Page, WebSocketRoute } from '@playwright/test';

/** A person's line to the shared document, which can be cut. */
export interface Line {
  cut(): Promise<void>;
  mend(): void;
}

/** To be called before the formula is opened. The rest of the app stays online. */
export async function lineOf(page: Page): Promise<Line> {
  let isCut = false;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/collab\//, (socket) => {
    if (isCut) return void socket.close({ code: 3000 });
    open.add(socket);
    socket.connectToServer();
  });
  return {
    cut: async () => {
      isCut = true;
      await Promise.all([...open].map((socket) => socket.close({ code: 3000 })));
      open.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
}
