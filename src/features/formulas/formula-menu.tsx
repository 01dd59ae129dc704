'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Copy, EllipsisVertical, History, Pencil, Tag } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';
import { Field } from '#ui/controls/field.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { FormDialog } from '#ui/overlays/form-dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import { RowMenu } from '#ui/overlays/row-menu.tsx';
import type { ExportedFormula } from './export-file.ts';
import { ExportItems } from './export-items.tsx';
import { TagsDialog } from './lazy-tags-dialog.tsx';
import { useArchive } from './use-archive.ts';

interface FormulaMenuProps {
  readonly formula: { readonly id: string; readonly name: string; readonly tags: readonly string[] };
  readonly isArchived?: boolean;
  /** What is exported, where the page has it at hand; else the server is asked. */
  readonly load?: () => Promise<ExportedFormula>;
  /** More items, above "Archive". */
  readonly children?: ReactNode;
}

export function FormulaMenu({ formula, isArchived = false, load, children }: FormulaMenuProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const queryClient = useQueryClient();
  const denied = useDenial('formula.edit');
  const [dialog, setDialog] = useState<'rename' | 'tags' | null>(null);
  const [name, setName] = useState(formula.name);
  const done = () => {
    setDialog(null);
    void queryClient.invalidateQueries(trpc.formula.pathFilter());
  };
  const rename = useAction(trpc.formula.rename.mutationOptions({ onSuccess: done }));
  const { archive, restore } = useArchive(formula);
  const duplicate = useAction(
    trpc.formula.duplicate.mutationOptions({
      onSuccess: ({ id }) => {
        done();
        router.push(`/formulas/${id}`);
      },
    }),
  );
  const canEdit = denied === undefined;
  const items = (
    <>
      {canEdit ? (
        <>
          <MenuItem
            icon={<Pencil />}
            onSelect={() => {
              setName(formula.name);
              setDialog('rename');
            }}
          >
            Rename…
          </MenuItem>
          <MenuItem icon={<Tag />} onSelect={() => setDialog('tags')}>
            Tags…
          </MenuItem>
          <MenuItem icon={<Copy />} onSelect={() => duplicate.mutate({ id: formula.id })}>
            Duplicate
          </MenuItem>
          <MenuSeparator />
        </>
      ) : null}
      <MenuItem icon={<History />} onSelect={() => router.push(`/formulas/${formula.id}/history`)}>
        History and branches
      </MenuItem>
      <MenuSeparator />
      <ExportItems
        load={load ?? (() => client.formula.export.query({ id: formula.id }))}
        loadHistory={() => client.history.export.query({ formulaId: formula.id })}
      />
      {canEdit ? (
        <>
          <MenuSeparator />
          {children}
          {isArchived ? (
            <MenuItem icon={<ArchiveRestore />} onSelect={restore}>
              Restore
            </MenuItem>
          ) : (
            <MenuItem icon={<Archive />} danger onSelect={archive}>
              Archive
            </MenuItem>
          )}
        </>
      ) : null}
    </>
  );
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`More about ${formula.name}`} size="sm">
            <EllipsisVertical />
          </IconButton>
        }
      >
        {items}
      </Menu>
      <RowMenu label={`More about ${formula.name}`}>{items}</RowMenu>
      {dialog === 'tags' ? <TagsDialog formula={formula} onClose={() => setDialog(null)} /> : null}
      {dialog === 'rename' ? (
        <FormDialog
          title="Rename the strategy"
          action="Rename"
          isBusy={rename.isPending}
          isReady={name.trim() !== ''}
          onSubmit={() => rename.mutate({ id: formula.id, name: name.trim() })}
          onClose={() => setDialog(null)}
        >
          <Field label="Name">
            <Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          </Field>
        </FormDialog>
      ) : null}
    </>
  );
}
