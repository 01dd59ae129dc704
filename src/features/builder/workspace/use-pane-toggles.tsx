'use client';
import { ChartCandlestick, Code, PanelLeft } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { useIsNarrow } from '#ui/hooks/use-is-narrow.ts';
import { useWorkspace } from './provider.tsx';

interface PaneToggles {
  readonly palette: () => void;
  readonly side: () => void;
  readonly preview: () => void;
}

/**
 * Show or hide what stands around the canvas; each is a command, too. With `isOneOnNarrow`, a telephone has one place
 * for code and preview.
 */
export function usePaneToggles({ isOneOnNarrow = false }: { readonly isOneOnNarrow?: boolean } = {}): PaneToggles {
  const { workspace, change } = useWorkspace();
  const { palette, side, preview } = workspace;
  const isNarrow = useIsNarrow();
  const isCrowded = isNarrow && isOneOnNarrow;
  const hasPreview = preview && !(isCrowded && side);
  const toggles = useMemo(
    () => ({
      palette: () => change({ palette: !palette }),
      side: () => change({ side: !side }),
      preview: () => change(hasPreview ? { preview: false } : { preview: true, ...(isCrowded ? { side: false } : {}) }),
    }),
    [change, palette, side, hasPreview, isCrowded],
  );
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'view.palette',
          title: 'Show or hide the blocks',
          group: 'View',
          icon: <PanelLeft />,
          shortcut: 'b',
          run: toggles.palette,
        },
        {
          id: 'view.preview',
          title: 'Show or hide the preview',
          group: 'View',
          icon: <ChartCandlestick />,
          shortcut: 'mod+shift+p',
          inTexts: 'always',
          run: toggles.preview,
        },
        {
          id: 'view.code',
          title: 'Show or hide code and details',
          group: 'View',
          icon: <Code />,
          shortcut: 'mod+j',
          inTexts: 'always',
          run: toggles.side,
        },
      ],
      [toggles],
    ),
  );
  return toggles;
}
