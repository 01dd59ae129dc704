'use client';
import { CornerLeftUp, LogIn, LogOut, Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, type KeyboardEvent } from 'react';
import { nameOfCall } from '#core/formula/functions/calls.ts';
import { removeFunction } from '#core/formula/functions/remove-function.ts';
import { FreeNames } from '#core/formula/language/free-names.ts';
import { CALLEE, functionsOf, SCOPE } from '#core/formula/language/functions.ts';
import { nodeOf, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { freePlace, nodeHeight, useFieldText, useGraphView } from '#features/graph/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { useCanEdit, useFormula, useFormulaSession } from '../session/use-session.ts';
import { useOpenFunction } from './provider.tsx';
import { useLookedAtCall } from './use-looked-at-call.ts';

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
    const { x, y } = view.placeAt({ x: corner.x + width / 2, y: corner.y + height / 2 });
    const at = freePlace(view.placed(), { x: Math.round(x), y: Math.round(y) }, nodeHeight(node));
    session.edit([{ type: 'addNode', id, node, at }]);
    session.select([id]);
  };
  const remove = (id: NodeId): void => {
    const { edits, calls } = removeFunction(formula, id, () => newNodeId(Math.random));
    session.edit(edits);
    session.select([]);
    open(null);
    if (calls > 0)
      toast.info(`${nameOf(id)} is deleted`, {
        description: `What it was made of stands in the place of its ${calls === 1 ? 'call' : `${calls} calls`}.`,
      });
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
          <CallChoice />
          {canEdit ? (
            <>
              <Button
                size="sm"
                look="quiet"
                title="Add a parameter"
                onClick={() => add({ block: 'param', name: freeName('x'), args: { [SCOPE]: { from: scope } } })}
              >
                <LogIn aria-hidden /> <span className="max-lg:sr-only">Add a parameter</span>
              </Button>
              <Button
                size="sm"
                look="quiet"
                title="Add a result"
                onClick={() => add({ block: 'result', name: freeName('out'), args: { [SCOPE]: { from: scope } } })}
              >
                <LogOut aria-hidden /> <span className="max-lg:sr-only">Add a result</span>
              </Button>
              <Button size="sm" look="quiet" title="Delete the function" onClick={() => remove(scope)}>
                <Trash2 aria-hidden /> <span className="max-lg:sr-only">Delete the function</span>
              </Button>
            </>
          ) : null}
        </>
      )}
    </nav>
  );
}

/** Of which call the values on the canvas are. Nothing of a function that is called once, or never. */
function CallChoice() {
  const formula = useFormula();
  const { scope, open } = useOpenFunction();
  const { calls, chosen } = useLookedAtCall();
  if (calls.length < 2 || chosen === null) return null;
  return (
    <select
      aria-label="Values of the call"
      title="Of which call the values are"
      value={chosen.id}
      onChange={(event) => open(scope, { id: event.target.value })}
      className="h-7 max-w-48 truncate rounded-md border bg-sunken px-1.5 text-xs outline-none focus:border-accent"
    >
      {calls.map((call) => (
        <option key={call.id} value={call.id}>
          {nameOfCall(formula, call)}
        </option>
      ))}
    </select>
  );
}

interface FunctionNameProps {
  readonly id: NodeId;
  readonly name: string;
  readonly disabled: boolean;
}

/** Typed in place, and kept from the first key on as the names of nodes are. */
function FunctionName({ id, name, disabled }: FunctionNameProps) {
  const { fields } = useFormulaSession();
  const typed = useFieldText(fields, id, '@name');
  const problem = typed?.problem ?? null;
  const noteId = useId();
  useEffect(() => () => fields.left(id, '@name'), [fields, id]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && fields.take(id, '@name')) event.currentTarget.blur();
    if (event.key !== 'Escape') return;
    // One step: out of the text, or out of the field.
    event.stopPropagation();
    if (typed === null) event.currentTarget.blur();
    else fields.discard(id, '@name');
  };
  return (
    <span className="relative w-32">
      <Input
        aria-label="Name of the function"
        {...(problem === null ? {} : { 'aria-invalid': true, 'aria-describedby': noteId })}
        className="h-7"
        value={typed?.text ?? name}
        disabled={disabled}
        onChange={(event) => fields.type(id, '@name', event.target.value)}
        onBlur={() => (typed?.text === name ? fields.discard(id, '@name') : fields.left(id, '@name'))}
        onKeyDown={onKeyDown}
      />
      {problem === null ? null : (
        <span
          id={noteId}
          role="alert"
          className="pointer-events-none absolute top-full left-0 z-20 mt-1 w-max max-w-64 rounded-md border border-bad bg-raised px-2 py-1 text-2xs text-pretty text-bad shadow-float"
        >
          {problem}
        </span>
      )}
    </span>
  );
}
