'use client';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bringFunction, copyOfFunction, functionHash, originOf } from '#core/formula/functions/bring-function.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import { CALLEE, functionsOf } from '#core/formula/language/functions.ts';
import { EMPTY_FORMULA, nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { freePlace, nodeHeight, useGraphView } from '#features/graph/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useFormula, useFormulaSession } from '../session/use-session.ts';
import { intoScope } from './into-scope.ts';
import { useOpenFunction } from './provider.tsx';

interface BringDialogProps {
  /** The strategy that is open: its own functions need no copy. */
  readonly formulaId: string;
  readonly onClose: () => void;
}

/** Copies a function out of another strategy of the organisation, or brings the copy up to date. */
export function BringDialog({ formulaId, onClose }: BringDialogProps) {
  const trpc = useTRPC();
  const list = useQuery(trpc.formula.list.queryOptions({}));
  const others = (list.data ?? []).filter(({ id }) => id !== formulaId);
  const [chosen, setChosen] = useState('');
  const strategy = others.find(({ id }) => id === chosen);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Use a function of another strategy"
      description="It is copied with the functions that it calls and the inputs that it reads. Its comment says where it is from, so that a newer one can take its place."
      width="sm"
    >
      <Field label="Strategy">
        <select
          aria-label="Strategy"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
          className="h-9 w-full rounded-md border bg-raised px-2 outline-none focus:border-accent"
        >
          <option value="">{list.isPending ? 'Looking …' : 'Choose a strategy'}</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      {strategy ? <Functions id={strategy.id} name={strategy.name} onDone={onClose} /> : null}
    </Dialog>
  );
}

interface FunctionsProps {
  readonly id: string;
  readonly name: string;
  readonly onDone: () => void;
}

function Functions({ id, name, onDone }: FunctionsProps): ReactNode {
  const trpc = useTRPC();
  const file = useQuery(trpc.formula.export.queryOptions({ id }));
  const from = file.data ? fromJsonText(file.data.json).formula : EMPTY_FORMULA;
  const functions = [...functionsOf(from).keys()];
  if (file.isPending) return <p className="mt-3 text-muted">Reading {name} …</p>;
  if (file.isError)
    return (
      <p className="mt-3 text-bad">
        {name} could not be read: {file.error.message}
      </p>
    );
  if (functions.length === 0)
    return (
      <p className="mt-3 text-muted">{name} has no functions. Select nodes there and press Shift+B to make one.</p>
    );
  return (
    <ul className="mt-3 space-y-1" aria-label={`Functions of ${name}`}>
      {functions.map((fn) => (
        <FunctionRow key={fn} strategy={name} from={from} fn={fn} onDone={onDone} />
      ))}
    </ul>
  );
}

interface FunctionRowProps {
  readonly strategy: string;
  readonly from: Formula;
  readonly fn: NodeId;
  readonly onDone: () => void;
}

function FunctionRow({ strategy, from, fn, onDone }: FunctionRowProps) {
  const session = useFormulaSession();
  const view = useGraphView();
  const { scope } = useOpenFunction();
  const formula = useFormula();
  const name = nodeOf(from, fn)?.name ?? 'function';
  const params = (functionsOf(from).get(fn)?.params ?? []).map((param) => nodeOf(from, param)?.name ?? '');
  const known = copyOfFunction(formula, strategy, name);
  const hash = functionHash(from, fn);
  const isNewer = known !== undefined && originOf(nodeOf(formula, known) ?? { block: '', args: {} })?.hash !== hash;
  const bring = (): void => {
    const newId = (): NodeId => newNodeId(Math.random);
    const brought =
      known === undefined || isNewer
        ? bringFunction(session.snapshot().formula, { strategy, from, fn, newId })
        : { fn: known, edits: [] };
    const call = newId();
    const corner = view.corner();
    const { width, height } = view.size();
    const { x, y } = view.placeAt({ x: corner.x + width / 2, y: corner.y + height / 2 });
    const node = { block: 'call', args: { [CALLEE]: { from: brought.fn } } };
    const at = freePlace(view.placed(), { x: Math.round(x), y: Math.round(y) }, nodeHeight(node));
    const calling = isNewer ? [] : intoScope([{ type: 'addNode', id: call, node, at }], scope);
    session.edit([...brought.edits, ...calling]);
    if (!isNewer) session.select([call]);
    toast.success(isNewer ? `${name} is up to date` : `${name} is here`, {
      action: { label: 'Undo', onClick: () => session.undo() },
    });
    onDone();
  };
  const words = known === undefined ? 'Use it' : isNewer ? 'Update the copy' : 'Call it again';
  return (
    <li className="flex items-center gap-2 rounded-md border px-2.5 py-1.5">
      <code className="min-w-0 flex-1 truncate">
        {name}({params.join(', ')})
      </code>
      {isNewer ? <span className="text-2xs text-warn">has changed since</span> : null}
      <Button size="sm" aria-label={`${words}: ${name}`} onClick={bring}>
        {words}
      </Button>
    </li>
  );
}
