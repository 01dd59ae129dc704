'use client';
import { Building2, Check, ChevronsUpDown, Plus } from 'lucide-react';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#ui/overlays/menu.tsx';
import { useSession } from '../session.tsx';
import { useSwitching } from './switching.tsx';

/** Of which organisation everything on the page is, and the way to one's others. */
export function OrganisationMenu({ narrow }: { readonly narrow: boolean }) {
  const { org, organisations } = useSession();
  const { switchTo, create } = useSwitching();
  const label = `Organisation: ${org.name}`;
  const trigger = narrow ? (
    <IconButton label={label}>
      <Building2 />
    </IconButton>
  ) : (
    <button
      type="button"
      aria-label={label}
      title={org.name}
      className="flex h-7 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-xs text-muted hover:bg-hover data-[state=open]:bg-hover"
    >
      <span className="min-w-0 flex-1 truncate">{org.name}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" side={narrow ? 'right' : 'bottom'}>
      <MenuLabel>Your organisations</MenuLabel>
      {organisations.map(({ id, name, role }) => (
        <MenuItem
          key={id}
          icon={id === org.id ? <Check /> : <span className="size-4" />}
          onSelect={() => {
            if (id !== org.id) switchTo(id);
          }}
        >
          <span className="flex items-baseline justify-between gap-4">
            <span className="max-w-60 truncate">{name}</span>
            <span className="text-2xs text-faint capitalize">{role}</span>
          </span>
          {id === org.id ? <span className="sr-only">, where you are</span> : null}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<Plus />} onSelect={create}>
        New organisation…
      </MenuItem>
    </Menu>
  );
}
