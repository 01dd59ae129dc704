'use client';
import { SlidersHorizontal } from 'lucide-react';
import type { Settings } from '#core/engine/outcome/settings.ts';
import { SettingsFields } from '#features/backtests/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Popover } from '#ui/overlays/popover.tsx';
import { useWorkspace } from '../workspace/index.ts';
import { usePreview } from './provider.tsx';

/** With what the preview is made: remembered by person and formula, apart from the settings of runs. */
export function PreviewSettings() {
  const settings = usePreview()?.settings;
  const {
    workspace: { from, to, settings: own },
    change,
  } = useWorkspace();
  if (!settings) return null;
  const isOwn = own !== null || from !== '' || to !== '';
  return (
    <Popover
      label="Settings of the preview"
      className="w-120 max-w-[90vw] space-y-3 p-3"
      side="top"
      trigger={
        <IconButton size="sm" label="Settings of the preview" className={isOwn ? 'text-accent-text!' : ''}>
          <SlidersHorizontal />
        </IconButton>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label="From">
          <Input type="date" value={from} onChange={(event) => change({ from: event.target.value })} />
        </Field>
        <Field label="To">
          <Input type="date" value={to} onChange={(event) => change({ to: event.target.value })} />
        </Field>
      </div>
      <SettingsFields
        choice={{ settings, change: (part: Partial<Settings>) => change({ settings: { ...settings, ...part } }) }}
      />
      <Button size="sm" disabled={!isOwn} onClick={() => change({ settings: null, from: '', to: '' })}>
        As the last run, over all bars
      </Button>
    </Popover>
  );
}
