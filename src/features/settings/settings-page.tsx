'use client';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { PolicyPanel } from '#features/publications/index.ts';
import { TONE_CHOICES, useDenial, useSession, useTones, type ToneChoice } from '#features/shell/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Figure } from '#ui/data/figure.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { UsagePanels } from './usage-panel.tsx';

const TONES: Readonly<Record<ToneChoice, string>> = {
  'green-up': 'Green up',
  'red-up': 'Red up',
  'blue-orange': 'Blue up, orange down',
};
const never = () => () => undefined;

/** What one person prefers, kept in this browser; and what the organisation has of what its plan bounds. */
export function SettingsPage() {
  const { user, org, role } = useSession();
  const { theme = 'system', setTheme } = useTheme();
  const [tones, setTones] = useTones();
  const mayManage = useDenial('document.manage') === undefined;
  // The server does not know the theme.
  const isClient = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <>
      <PageHeader title="Settings">
        How Alphaloom looks to you, kept in this browser; and what your organisation has.
      </PageHeader>
      <div className="max-w-160 space-y-4 px-4 pb-8 md:px-6">
        <Panel title="You">
          <dl className="divide-y divide-line/70 px-4">
            {[
              ['Name', user.name],
              ['E-mail', user.email],
              ['Organisation', org.name],
              ['Role', role],
            ].map(([name, value]) => (
              <div key={name} className="flex justify-between gap-4 py-2">
                <dt className="text-muted">{name}</dt>
                <dd className="truncate">{value}</dd>
              </div>
            ))}
          </dl>
        </Panel>
        <Panel title="Look">
          <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span>Theme</span>
            {isClient ? (
              <Segmented
                label="Theme"
                value={theme}
                onChange={setTheme}
                options={[
                  { value: 'system', label: 'System' },
                  { value: 'light', label: 'Light' },
                  { value: 'dark', label: 'Dark' },
                ]}
              />
            ) : null}
          </div>
          <div className="flex flex-wrap items-center justify-between gap-3 border-t px-4 py-3">
            <span>
              Up and down <Figure value={0.0124} kind="percent" tone="outcome" className="ml-2" />{' '}
              <Figure value={-0.0082} kind="percent" tone="outcome" />
            </span>
            {isClient ? (
              <Segmented
                label="Colours of up and down"
                value={tones}
                onChange={setTones}
                options={TONE_CHOICES.map((value) => ({ value, label: TONES[value] }))}
              />
            ) : null}
          </div>
        </Panel>
        <Panel title={org.name}>
          <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span>
              Organisation <span className="text-muted">· name, sessions, owner, export, deletion</span>
            </span>
            <Button asChild>
              <Link href="/settings/organisation">Open its settings</Link>
            </Button>
          </div>
        </Panel>
        <Panel title="Plan">
          <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span>
              Plan and billing <span className="text-muted">· what you may do, how it is paid, invoices</span>
            </span>
            <Button asChild>
              <Link href="/settings/billing">Plan and billing</Link>
            </Button>
          </div>
        </Panel>
        {mayManage ? (
          <Panel title="Records">
            <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
              <span>
                Documents <span className="text-muted">· who has one open, how large they are, restoring</span>
              </span>
              <Button asChild>
                <Link href="/settings/documents">Stored documents</Link>
              </Button>
            </div>
            <div className="flex flex-wrap items-center justify-between gap-3 border-t px-4 py-3">
              <span>
                Audit trail <span className="text-muted">· who did what, and when</span>
              </span>
              <Button asChild>
                <Link href="/settings/audit">Open the audit trail</Link>
              </Button>
            </div>
          </Panel>
        ) : null}
        <PolicyPanel />
        <UsagePanels organisation={org.name} />
      </div>
    </>
  );
}
