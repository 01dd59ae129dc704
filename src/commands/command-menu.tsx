'use client';
import { MenuAt } from '#ui/overlays/menu-at.tsx';
import { MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import type { OpenMenu } from './command.ts';
import { useCommandList } from './provider.tsx';

interface CommandMenuProps {
  readonly menu: OpenMenu | null;
  readonly label: string;
  readonly onClose: () => void;
  /** Called when the focus is back and the command has run. */
  readonly onClosed?: () => void;
  /** Called before the command runs. */
  readonly onChoose?: (menu: OpenMenu) => void;
}

/**
 * The commands of a place as a context menu. What cannot be done now is there, but cannot be chosen, unless it is rare.
 */
export function CommandMenu({ menu, label, onClose, onClosed, onChoose }: CommandMenuProps) {
  const commands = useCommandList();
  if (!menu) return null;
  const here = commands.filter(
    ({ menus, isRare, when }) => menus?.includes(menu.place) && (isRare !== true || (when?.() ?? true)),
  );
  // What takes something away stands at the end, apart.
  const offered = [...here.filter(({ isDanger }) => !isDanger), ...here.filter(({ isDanger }) => isDanger)];
  return (
    <MenuAt at={menu} label={label} onClose={onClose} {...(onClosed ? { onClosed } : {})}>
      {offered.map((command, index) => (
        <div key={command.id} role="presentation">
          {command.isDanger && index > 0 && !offered[index - 1]?.isDanger ? <MenuSeparator /> : null}
          <MenuItem
            {...(command.icon ? { icon: command.icon } : {})}
            {...(command.shortcut === undefined ? {} : { shortcut: command.shortcut })}
            danger={command.isDanger ?? false}
            disabled={!(command.when?.() ?? true)}
            onSelect={() => {
              onChoose?.(menu);
              command.run();
            }}
          >
            {command.title}
          </MenuItem>
        </div>
      ))}
    </MenuAt>
  );
}
