'use client';
import { Kbd } from '#ui/layout/kbd.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useCommandList } from './provider.tsx';
import { keysOf, scopeOf } from './twice-bound.ts';

export interface HelpSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Every command that has a key or a gesture, by group. */
export function HelpSheet({ open, onOpenChange }: HelpSheetProps) {
  const commands = useCommandList().filter(({ shortcut, gesture }) => shortcut !== undefined || gesture !== undefined);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard"
      description="Everything has a name in the palette, too."
      width="lg"
    >
      <div className="gap-8 sm:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs text-faint">{group}</h3>
            <ul>
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <li
                    key={command.id}
                    data-command={command.id}
                    data-scope={scopeOf(command)}
                    className="flex min-h-8 items-center justify-between gap-4 border-b border-line/70 last:border-0"
                  >
                    {command.title}
                    <span className="flex shrink-0 items-center gap-2">
                      {command.gesture === undefined ? null : (
                        <span className="max-w-48 text-right text-2xs text-muted">{command.gesture}</span>
                      )}
                      {keysOf(command).map((keys) => (
                        <span key={keys} data-keys={keys}>
                          <Kbd keys={keys} />
                        </span>
                      ))}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
