'use client';
import { ExternalLink, FlaskConical, Link2, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { copyText } from '#ui/browser/copy-text.ts';
import { MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import { RowMenu } from '#ui/overlays/row-menu.tsx';

interface RunMenuProps {
  /** Of the list that the run stands in. */
  readonly path: string;
  readonly run: { readonly id: string; readonly formulaId: string; readonly formulaName: string };
}

/** What can be done with a run in a list, by the second button. */
export function RunMenu({ path, run: { id, formulaId, formulaName } }: RunMenuProps) {
  const router = useRouter();
  const address = `${path}/${id}`;
  return (
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
    </RowMenu>
  );
}
