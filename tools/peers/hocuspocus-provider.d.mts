import type { Doc } from 'yjs';

export declare class HocuspocusProvider {
  constructor(options: { url: string; name: string; document: Doc; onSynced: () => void });
  destroy(): void;
}
