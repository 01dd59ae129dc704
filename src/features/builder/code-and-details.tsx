'use client';
import type { ComponentProps } from 'react';
import { Split, SplitHandle, SplitPane } from '#ui/layout/split.tsx';
import { Tabs } from '#ui/layout/tabs.tsx';
import { CodePane } from './code/code-pane.tsx';
import { Inspector } from './panels/inspector.tsx';
import { Outline } from './panels/outline.tsx';

interface CodeAndDetailsProps<View extends string> {
  /** Under which name the height that a person gives the details is kept. */
  readonly id: string;
  readonly view: View | 'node' | 'outline';
  readonly onView: (view: View | 'node' | 'outline') => void;
  /** Behind node and outline. */
  readonly tabs: ComponentProps<typeof Tabs<View | 'node' | 'outline'>>['tabs'];
}

/** The code above, the details of what is selected below. */
export function CodeAndDetails<View extends string>({ id, view, onView, tabs }: CodeAndDetailsProps<View>) {
  return (
    <Split id={id} direction="vertical" className="h-full bg-surface">
      <SplitPane id="code" minSize="20%">
        <CodePane />
      </SplitPane>
      <SplitHandle label="Height of the details" />
      <SplitPane id="details" defaultSize="42%" minSize="15%">
        <Tabs
          isPane
          label="Details"
          className="h-full"
          value={view}
          onChange={onView}
          tabs={[
            { value: 'node', label: 'Node', content: <Inspector /> },
            { value: 'outline', label: 'Outline', content: <Outline /> },
            ...tabs,
          ]}
        />
      </SplitPane>
    </Split>
  );
}
