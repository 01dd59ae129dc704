'use client';
import { useState } from 'react';
import { useComments } from '#features/comments/index.ts';
import { CodeAndDetails } from './code-and-details.tsx';
import { CommentsPanel, useWhenWanted } from './comments/index.ts';
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
    <CodeAndDetails<View>
      id="builder-side"
      view={view}
      onView={setView}
      tabs={[
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
  );
}
