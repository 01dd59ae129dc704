'use client';
import type { ReactNode } from 'react';
import { useIsNarrow } from '#ui/hooks/use-is-narrow.ts';
import { Split, SplitHandle, SplitPane } from '#ui/layout/split.tsx';
import { AddFromPalette } from './add-from-palette.tsx';
import { PreviewDock } from './preview/index.ts';
import { useWorkspace } from './workspace/index.ts';

interface PanesProps {
  /** Under which name the sizes that a person gives the panes are kept. */
  readonly name: 'builder' | 'sandbox';
  readonly canvas: ReactNode;
  readonly side: ReactNode;
  readonly onFoldPreview: () => void;
  /** How much each pane takes at first, and the least width (height, on a narrow screen) of the side. */
  readonly sizes: {
    readonly preview: string;
    /** As `preview`, where a narrow screen wants another. */
    readonly previewOnNarrow?: string;
    readonly side: string;
    readonly sideOnNarrow: string;
    readonly leastSide: string;
  };
  /** Whether a narrow screen has room for the side or the preview, not for both. */
  readonly isOneOnNarrow?: boolean;
}

/** The blocks, the canvas with the preview below, and code and details at the side. */
export function Panes({ name, canvas, side, onFoldPreview, sizes, isOneOnNarrow = false }: PanesProps) {
  const { workspace } = useWorkspace();
  const isNarrow = useIsNarrow();
  const isCrowded = isNarrow && isOneOnNarrow;
  const hasPreview = workspace.preview && !(isCrowded && workspace.side);
  return (
    <>
      {workspace.palette ? (
        <div className="w-52 shrink-0 border-r max-lg:hidden">
          <AddFromPalette />
        </div>
      ) : null}
      <Split
        key={String(isNarrow)}
        id={isNarrow ? `${name}-narrow` : name}
        direction={isNarrow ? 'vertical' : 'horizontal'}
        className="min-w-0 flex-1"
      >
        <SplitPane id="canvas" minSize="25%">
          <div className="flex h-full flex-col">
            <Split
              key={String(isNarrow)}
              id={isNarrow ? `${name}-middle-narrow` : `${name}-middle`}
              direction="vertical"
              className="min-h-0 flex-1"
            >
              <SplitPane id="graph" minSize="20%">
                {canvas}
              </SplitPane>
              {hasPreview ? <SplitHandle label="Height of the preview" /> : null}
              {hasPreview ? (
                <SplitPane
                  id="preview"
                  defaultSize={isNarrow ? (sizes.previewOnNarrow ?? sizes.preview) : sizes.preview}
                  minSize="120px"
                >
                  <PreviewDock isFolded={false} onFold={onFoldPreview} />
                </SplitPane>
              ) : null}
            </Split>
            {workspace.preview || isCrowded ? null : <PreviewDock isFolded onFold={onFoldPreview} />}
          </div>
        </SplitPane>
        {workspace.side ? <SplitHandle label="Width of code and details" /> : null}
        {workspace.side ? (
          <SplitPane id="side" defaultSize={isNarrow ? sizes.sideOnNarrow : sizes.side} minSize={sizes.leastSide}>
            {side}
          </SplitPane>
        ) : null}
      </Split>
    </>
  );
}
