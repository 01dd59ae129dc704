import type { BrowserContext, WebSocketRoute } from '@playwright/test';

/** A browser's line to the collaboration server, which can be cut while the pages still load. */
export interface CollabLine {
  cut(): Promise<void>;
  mend(): void;
}

export async function holdCollabLine(context: BrowserContext): Promise<CollabLine> {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  await context.routeWebSocket(/\/collab\//, (socket) => {
    if (isCut) return void socket.close({ code: 3001, reason: 'the line is cut' });
    open.add(socket);
    socket.connectToServer();
  });
  return {
    cut: async () => {
      isCut = true;
      for (const socket of open) await socket.close({ code: 3001, reason: 'the line is cut' });
      open.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
}
