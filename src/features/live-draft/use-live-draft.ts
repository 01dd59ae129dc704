'use client';
import { useEffect, useState } from 'react';
import * as Y from 'yjs';
import { connectFormula } from '#collab/connect.ts';
import { toFormula } from '#collab/to-formula.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import type { Formula } from '#core/formula/model/formula.ts';

export interface LiveDraft {
  readonly formula: Formula;
  readonly contentHash: string;
}

/** Edits come key by key; what they amount to is read when they rest. */
const REST_MS = 250;

/** The shared draft of a strategy as it is at this moment, for whoever only reads it; null until it is here. */
export function useLiveDraft(formulaId: string | undefined): LiveDraft | null {
  const [draft, setDraft] = useState<(LiveDraft & { readonly of: string }) | null>(null);
  useEffect(() => {
    if (formulaId === undefined) return;
    const doc = new Y.Doc();
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/collab`;
    const connection = connectFormula({ url, formulaId, doc });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      if (connection.getStatus().connection !== 'online') return;
      const { formula } = toFormula(doc);
      setDraft({ of: formulaId, formula, contentHash: contentHash(formula) });
    };
    const later = () => {
      timer ??= setTimeout(read, REST_MS);
    };
    const unsubscribe = connection.subscribe(later);
    doc.on('update', later);
    return () => {
      clearTimeout(timer);
      unsubscribe();
      connection.destroy();
      doc.destroy();
    };
  }, [formulaId]);
  return draft?.of === formulaId ? draft : null;
}
