'use client';
import { ExternalLink, FlaskConical, Link2, Pencil, Trash2, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { copyText } from '#ui/browser/copy-text.ts';
import { MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import { RowMenu } from '#ui/overlays/row-menu.tsx';
import { RenameRunDialog } from './rename-run-dialog.tsx';
import { useDeleteRun } from './use-delete-run.ts';

interface RunMenuProps {
  /** Of the list that the run stands in. */
  readonly path: string;
  readonly run: {
    readonly id: string;
    readonly formulaId: string;
    readonly formulaName: string;
    readonly title?: string | null;
  };
}

/** What can be done with a run in a list, by the second button. */
export function RunMenu({ path, run: { id, formulaId, formulaName, title } }: RunMenuProps) {
  const router = useRouter();
  const address = `${path}/${id}`;
  const canChange = useDenial('backtest.run') === undefined && title !== undefined;
  const [isRenaming, setIsRenaming] = useState(false);
  const { remove } = useDeleteRun(id);
  return (
    <>
      <RowMenu label={`What can be done with the run of ${formulaName}`}>
        <MenuItem icon={<FlaskConical />} onSelect={() => router.push(address)}>
          Open the result
        </MenuItem>
        <MenuItem icon={<ExternalLink />} onSelect={() => window.open(address, '_blank', 'noopener')}>
          Open in a new tab
        </MenuItem>
        <MenuItem icon={<Link2 />} onSelect={() => void copyText(new URL(address, location.href).href)}>
          Copy the link
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Workflow />} onSelect={() => router.push(`/formulas/${formulaId}`)}>
          Open the strategy
        </MenuItem>
        {canChange ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Pencil />} onSelect={() => setIsRenaming(true)}>
              Rename…
            </MenuItem>
            <MenuItem icon={<Trash2 />} danger onSelect={remove}>
              Delete
            </MenuItem>
          </>
        ) : null}
      </RowMenu>
      {isRenaming ? <RenameRunDialog run={{ id, title: title ?? null }} onClose={() => setIsRenaming(false)} /> : null}
    </>
  );
}
