'use client';
import { CornerLeftUp, LogIn, LogOut, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { whyNotName } from '#core/formula/check/check-names.ts';
import { FreeNames } from '#core/formula/language/free-names.ts';
import { CALLEE, functionsOf, SCOPE } from '#core/formula/language/functions.ts';
import { nodeOf, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { useGraphView } from '#features/graph/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { useCanEdit, useFormula, useFormulaSession } from '../session/use-session.ts';
import { useOpenFunction } from './provider.tsx';

/**
 * The way back from a function, the functions that there are, and what a function takes and gives. Nothing in a
 * strategy without functions.
 */
export function FunctionBar() {
  const formula = useFormula();
  const session = useFormulaSession();
  const view = useGraphView();
  const canEdit = useCanEdit();
  const { scope, open } = useOpenFunction();
  const functions = [...functionsOf(formula).keys()];
  if (functions.length === 0) return null;
  const add = (node: FormulaNode): void => {
    const id = newNodeId(Math.random);
    const corner = view.corner();
    const { width, height } = view.size();
    const at = view.placeAt({ x: corner.x + width / 2, y: corner.y + height / 2 });
    session.edit([{ type: 'addNode', id, node, at: { x: Math.round(at.x), y: Math.round(at.y) } }]);
    session.select([id]);
  };
  const freeName = (word: string): string =>
    new FreeNames(Object.values(formula.nodes).map(({ name }) => name)).take(word);
  const nameOf = (id: NodeId): string => nodeOf(formula, id)?.name ?? 'function';
  return (
    <nav
      aria-label="Functions"
      className="absolute top-2 left-2 z-10 flex max-w-[calc(100%-1rem)] flex-wrap items-center gap-1 rounded-lg border bg-raised p-1 shadow-raised"
    >
      <Button
        size="sm"
        look={scope === null ? 'secondary' : 'quiet'}
        aria-current={scope === null ? 'page' : undefined}
        onClick={() => {
          session.select([]);
          open(null);
        }}
      >
        {scope === null ? null : <CornerLeftUp aria-hidden />} Strategy
      </Button>
      {scope === null ? (
        functions.map((id) => (
          <span key={id} className="inline-flex">
            <Button size="sm" look="quiet" title={`Open ${nameOf(id)}`} onClick={() => open(id)}>
              {nameOf(id)}
            </Button>
            {canEdit ? (
              <Button
                size="sm"
                look="quiet"
                aria-label={`Call ${nameOf(id)}`}
                title={`Call ${nameOf(id)}`}
                onClick={() => add({ block: 'call', args: { [CALLEE]: { from: id } } })}
              >
                <Plus aria-hidden />
              </Button>
            ) : null}
          </span>
        ))
      ) : (
        <>
          <FunctionName key={scope} id={scope} name={nameOf(scope)} disabled={!canEdit} />
          {canEdit ? (
            <>
              <Button
                size="sm"
                look="quiet"
                onClick={() => add({ block: 'param', name: freeName('x'), args: { [SCOPE]: { from: scope } } })}
              >
                <LogIn aria-hidden /> Add a parameter
              </Button>
              <Button
                size="sm"
                look="quiet"
                onClick={() => add({ block: 'result', name: freeName('out'), args: { [SCOPE]: { from: scope } } })}
              >
                <LogOut aria-hidden /> Add a result
              </Button>
              <Button
                size="sm"
                look="quiet"
                onClick={() => {
                  const parts = functionsOf(formula).get(scope)?.all ?? [];
                  session.edit([...parts, scope].map((id) => ({ type: 'removeNode', id })));
                  session.select([]);
                  open(null);
                }}
              >
                <Trash2 aria-hidden /> Delete the function
              </Button>
            </>
          ) : null}
        </>
      )}
    </nav>
  );
}

interface FunctionNameProps {
  readonly id: NodeId;
  readonly name: string;
  readonly disabled: boolean;
}

function FunctionName({ id, name, disabled }: FunctionNameProps) {
  const session = useFormulaSession();
  const [draft, setDraft] = useState<string | null>(null);
  const why = draft === null ? null : whyNotName(session.snapshot().formula, name, draft);
  const commit = (): void => {
    if (draft !== null && why === null && draft !== name) session.edit([{ type: 'setName', id, name: draft }]);
    setDraft(null);
  };
  return (
    <Input
      aria-label="Name of the function"
      aria-invalid={why !== null || undefined}
      title={why ?? undefined}
      className="h-7 w-32"
      value={draft ?? name}
      disabled={disabled}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
