import type { Doc } from 'yjs';

interface Named {
  readonly documentName: string;
  readonly document: Doc;
}

export declare class Server {
  constructor(options: {
    quiet: boolean;
    stopOnSignals: boolean;
    onLoadDocument(of: Named): Promise<void>;
    onStoreDocument(of: Named): Promise<void>;
  });
  listen(port: number): Promise<unknown>;
}
