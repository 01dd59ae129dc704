'use client';
import { useState } from 'react';
import { useComments } from '#features/comments/index.ts';
import { SplitHandle, SplitPane, Split } from '#ui/layout/split.tsx';
import { Tabs } from '#ui/layout/tabs.tsx';
import { CodePane } from './code/code-pane.tsx';
import { CommentsPanel, useWhenWanted } from './comments/index.ts';
import { Inspector } from './panels/inspector.tsx';
import { Outline } from './panels/outline.tsx';
import { VersionList } from './panels/version-list.tsx';
import { ProblemList } from './problems/problem-list.tsx';
import { useSnapshot, useUntaken } from './session/use-session.ts';

type View = 'node' | 'outline' | 'problems' | 'comments' | 'versions';

/** The code above, the details of what is selected below. */
export function Side({ formulaId }: { readonly formulaId: string }) {
  const [view, setView] = useState<View>('node');
  const problemCount = useSnapshot(
    ({ checked, repairs }) => checked.diagnostics.length + repairs.filter(({ kind }) => kind !== 'cutWire').length,
  );
  const { problemCount: untakenCount } = useUntaken();
  const openThreads = useComments().threads?.filter(({ resolved }) => resolved === null);
  useWhenWanted(() => setView('comments'));
  return (
    <Split id="builder-side" direction="vertical" className="h-full bg-surface">
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
          onChange={setView}
          tabs={[
            { value: 'node', label: 'Node', content: <Inspector /> },
            { value: 'outline', label: 'Outline', content: <Outline /> },
            {
              value: 'problems',
              label: 'Problems',
              count: problemCount + untakenCount,
              content: <ProblemList />,
            },
            {
              value: 'comments',
              label: 'Comments',
              ...(openThreads ? { count: openThreads.length } : {}),
              content: <CommentsPanel />,
            },
            { value: 'versions', label: 'Versions', content: <VersionList formulaId={formulaId} /> },
          ]}
        />
      </SplitPane>
    </Split>
  );
}
