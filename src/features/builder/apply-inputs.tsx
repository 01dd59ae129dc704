'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { Button } from '#ui/controls/button.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useFormulaSession, useStatus } from './session/use-session.ts';

/**
 * Proposes the inputs that the address asks for (`?inputs={"fast":12}`). Anybody can write an address, so that opening
 * it changes nothing: the person sees what would change, and applies it as one step that can be undone, or dismisses
 * it.
 */
export function ApplyInputs() {
  const session = useFormulaSession();
  const { connection, canEdit } = useStatus();
  const router = useRouter();
  const pathname = usePathname();
  const asked = useSearchParams().get('inputs');
  if (asked === null || connection !== 'online') return null;
  const { formula } = session.snapshot();
  const edits = canEdit ? editsFor(formula, asked) : [];
  const done = () => router.replace(pathname);
  const apply = () => {
    session.edit(edits);
    toast.success(edits.length === 1 ? 'One input set' : `${edits.length} inputs set`, {
      description: 'Undo takes it back.',
    });
    done();
  };
  return (
    <Dialog
      open
      onOpenChange={done}
      title={edits.length > 0 ? 'Apply these inputs?' : 'Nothing to apply'}
      width="sm"
      footer={
        <>
          <Button look="quiet" onClick={done}>
            {edits.length > 0 ? 'Dismiss' : 'Close'}
          </Button>
          {edits.length > 0 ? (
            <Button look="primary" onClick={apply}>
              Apply
            </Button>
          ) : null}
        </>
      }
    >
      {edits.length > 0 ? (
        <div className="space-y-3 text-muted">
          <p>The link that you opened proposes to change this strategy for everybody who works on it:</p>
          <ul aria-label="Proposed inputs" className="list-disc space-y-1 pl-5">
            {edits.map(({ id, arg }) => (
              <li key={id}>
                {formula.nodes[id]?.name}: {String(formula.nodes[id]?.args['value'])} → {String(arg)}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="text-muted">
          {canEdit
            ? 'The inputs are as the link asks already, or the strategy has no such inputs.'
            : 'The link proposes inputs, and your role may not change this strategy.'}
        </p>
      )}
    </Dialog>
  );
}

type SetArg = Extract<Edit, { type: 'setArg' }>;

function editsFor(formula: Formula, asked: string): SetArg[] {
  const wanted = readInputs(asked);
  return Object.entries(formula.nodes).flatMap(([id, { block, name, args }]): SetArg[] => {
    const value = block === 'input' && name !== undefined ? wanted.get(name) : undefined;
    return value === undefined || value === args['value'] ? [] : [{ type: 'setArg', id, port: 'value', arg: value }];
  });
}

/** Addresses are written by anybody: what is no plain value is left out. */
function readInputs(asked: string): ReadonlyMap<string, number | boolean | string> {
  try {
    const parsed: unknown = JSON.parse(asked);
    return new Map(
      Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {}).filter(
        (entry): entry is [string, number | boolean | string] =>
          ['number', 'boolean', 'string'].includes(typeof entry[1]),
      ),
    );
  } catch {
    return new Map();
  }
}
