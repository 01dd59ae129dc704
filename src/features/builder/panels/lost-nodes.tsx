'use client';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useFormulaSession, useLostNodes } from '../session/use-session.ts';

/** Asks what becomes of nodes that were changed here while others deleted them. */
export function LostNodes() {
  const session = useFormulaSession();
  const lost = useLostNodes();
  return (
    <Dialog
      open={lost.length > 0}
      // Closed without an answer, nothing is lost: that can be undone.
      onOpenChange={() => session.settleLost('bring back')}
      title="What you changed was deleted meanwhile"
      description={`While you were away, a colleague deleted ${lost.length === 1 ? 'a node' : 'nodes'} that you changed. All your other changes are in the strategy.`}
      width="sm"
      footer={
        <>
          <Button look="quiet" onClick={() => session.settleLost('leave deleted')}>
            Leave {lost.length === 1 ? 'it' : 'them'} deleted
          </Button>
          <Button look="primary" onClick={() => session.settleLost('bring back')}>
            Bring back my {lost.length === 1 ? 'node' : 'nodes'}
          </Button>
        </>
      }
    >
      <ul className="max-h-60 space-y-1 overflow-y-auto">
        {lost.map(({ id, name, block }) => (
          <li key={id}>
            <code className="font-medium">{name ?? block}</code>
            {name === undefined ? null : <span className="text-muted"> · {block}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
