'use client';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bringFunction, copyOfFunction, stateOfCopy } from '#core/formula/functions/bring-function.ts';
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
import { UpdateDialog } from './update-dialog.tsx';

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
      {strategy ? (
        <Functions
          id={strategy.id}
          name={strategy.name}
          strategies={(list.data ?? []).map(({ name }) => name)}
          onDone={onClose}
        />
      ) : null}
    </Dialog>
  );
}

interface FunctionsProps {
  readonly id: string;
  readonly name: string;
  /** The names of all. */
  readonly strategies: readonly string[];
  readonly onDone: () => void;
}

function Functions({ id, name, strategies, onDone }: FunctionsProps): ReactNode {
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
        <FunctionRow key={fn} strategy={name} strategies={strategies} from={from} fn={fn} onDone={onDone} />
      ))}
    </ul>
  );
}

interface FunctionRowProps {
  readonly strategy: string;
  readonly strategies: readonly string[];
  readonly from: Formula;
  readonly fn: NodeId;
  readonly onDone: () => void;
}

function FunctionRow({ strategy, strategies, from, fn, onDone }: FunctionRowProps) {
  const session = useFormulaSession();
  const view = useGraphView();
  const { scope } = useOpenFunction();
  const formula = useFormula();
  const [isUpdating, setUpdating] = useState(false);
  const name = nodeOf(from, fn)?.name ?? 'function';
  const params = (functionsOf(from).get(fn)?.params ?? []).map((param) => nodeOf(from, param)?.name ?? '');
  const offered = { strategy, from, fn };
  const known = copyOfFunction(formula, offered, strategies);
  const { isOld, isEdited } =
    known === undefined ? { isOld: false, isEdited: false } : stateOfCopy(formula, known, offered);
  const done = (words: string): void => {
    toast.success(words, { action: { label: 'Undo', onClick: () => session.undo() } });
    onDone();
  };
  const call = (): void => {
    const brought = known === undefined ? bringFunction(session.snapshot().formula, offered) : { fn: known, edits: [] };
    const id = newNodeId(Math.random);
    const corner = view.corner();
    const { width, height } = view.size();
    const { x, y } = view.placeAt({ x: corner.x + width / 2, y: corner.y + height / 2 });
    const node = { block: 'call', args: { [CALLEE]: { from: brought.fn } } };
    const at = freePlace(view.placed(), { x: Math.round(x), y: Math.round(y) }, nodeHeight(node));
    session.edit([...brought.edits, ...intoScope([{ type: 'addNode', id, node, at }], scope)]);
    session.select([id]);
    done(`${name} is here`);
  };
  const callWords = known === undefined ? 'Use it' : 'Call it again';
  const words = isOld ? 'Update the copy' : callWords;
  return (
    <li className="flex items-center gap-2 rounded-md border px-2.5 py-1.5">
      <code className="min-w-0 flex-1 truncate">
        {name}({params.join(', ')})
      </code>
      {isOld ? <span className="text-2xs text-warn">has changed since</span> : null}
      {isEdited && !isOld ? <span className="text-2xs text-muted">edited here</span> : null}
      <Button size="sm" aria-label={`${words}: ${name}`} onClick={isOld ? () => setUpdating(true) : call}>
        {words}
        {isOld ? ' …' : ''}
      </Button>
      {isUpdating && known !== undefined ? (
        <UpdateDialog
          offered={offered}
          copy={known}
          isEdited={isEdited}
          onClose={() => setUpdating(false)}
          onUpdate={(edits) => {
            session.edit(edits);
            done(`${name} is up to date`);
          }}
        />
      ) : null}
    </li>
  );
}
