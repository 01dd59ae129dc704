'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import type { Edit } from '#core/formula/edit.ts';
import type { Formula } from '#core/formula/formula.ts';
import { toast } from '#ui/toaster.tsx';
import { useFormulaSession, useStatus } from './session/provider.tsx';

/** Writes the inputs that the address asks for (`?inputs={"fast":12}`) into the formula, as one step that can be undone. */
export function ApplyInputs(): null {
  const session = useFormulaSession();
  const { connection, canEdit } = useStatus();
  const router = useRouter();
  const pathname = usePathname();
  const asked = useSearchParams().get('inputs');
  useEffect(() => {
    if (asked === null || connection !== 'online' || !canEdit) return;
    const edits = editsFor(session.snapshot().formula, asked);
    session.edit(edits);
    if (edits.length > 0) toast.success(edits.length === 1 ? 'One input set' : `${edits.length} inputs set`, { description: 'Undo takes it back.' });
    else toast.info('The inputs are as they were');
    router.replace(pathname);
  }, [session, connection, canEdit, asked, router, pathname]);
  return null;
}

function editsFor(formula: Formula, asked: string): Edit[] {
  const wanted = readInputs(asked);
  return Object.entries(formula.nodes).flatMap(([id, { block, name, args }]): Edit[] => {
    const value = block === 'input' && name !== undefined ? wanted.get(name) : undefined;
    return value === undefined || value === args['value'] ? [] : [{ type: 'setArg', id, port: 'value', arg: value }];
  });
}

/** Addresses are written by anybody: what is no plain value is left out. */
function readInputs(asked: string): ReadonlyMap<string, number | boolean | string> {
  try {
    const parsed: unknown = JSON.parse(asked);
    return new Map(Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {}).filter((entry): entry is [string, number | boolean | string] => ['number', 'boolean', 'string'].includes(typeof entry[1])));
  } catch {
    return new Map();
  }
}
