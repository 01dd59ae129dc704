'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { idOf, type BotId } from '#core/requests/ids.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input, TextArea } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

/** Charts and figures of both: loaded once somebody asks for them. */
const PublishBehaviour = dynamic(async () => (await import('./publish-behaviour.tsx')).PublishBehaviour, {
  ssr: false,
  loading: () => <SkeletonRows rows={3} />,
});

type Preview = Outputs['publication']['preview'];
type Choice = 'stay' | 'now' | 'flat';

const CHOICES = [
  { value: 'stay', label: 'Stays', hint: 'It goes on with the version that it runs.' },
  {
    value: 'flat',
    label: 'Upgrades when flat',
    hint: 'At the end of a bar that leaves it without a position and orders.',
  },
  { value: 'now', label: 'Upgrades now', hint: 'At the end of its next bar; what it holds is closed with a signal.' },
] as const;

/** Makes a version the published one: what that changes, and for which bots. */
export function PublishDialog({ versionId, onClose }: { readonly versionId: string; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const id = idOf('version', versionId);
  const preview = useQuery(trpc.publication.preview.queryOptions({ versionId: id }));
  if (preview.data) return <Publishing versionId={id} preview={preview.data} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title="Publish">
      {preview.isError ? (
        <Problem title={explainError(preview.error).title}>{explainError(preview.error).advice}</Problem>
      ) : (
        <SkeletonRows rows={3} />
      )}
    </Dialog>
  );
}

interface PublishingProps {
  readonly versionId: ReturnType<typeof idOf<'version'>>;
  readonly preview: Preview;
  readonly onClose: () => void;
}

const MOST_SENTENCES = 30;

function Publishing({ versionId, preview, onClose }: PublishingProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { formulaId, number, published, changes, bots, judgement, mayOverride, errorCount } = preview;
  const [isCompared, setCompared] = useState(false);
  const [notes, setNotes] = useState('');
  const [reason, setReason] = useState('');
  const [choices, setChoices] = useState<ReadonlyMap<BotId, Choice>>(new Map());
  const publish = useMutation(
    trpc.publication.publish.mutationOptions({
      onSuccess: () => {
        toast.success(`Version ${number} is published`);
        void queryClient.invalidateQueries(trpc.publication.pathFilter());
        void queryClient.invalidateQueries(trpc.review.pathFilter());
        onClose();
      },
    }),
  );
  const { problem } = judgement;
  const isHeld = errorCount > 0 || (problem !== null && (!mayOverride || reason.trim() === ''));
  const submit = () =>
    publish.mutate({
      versionId,
      notes: notes.trim(),
      bots: bots.map(({ id }) => ({ id, choice: choices.get(id) ?? 'stay' })),
      ...(problem === null ? {} : { reason: reason.trim() }),
    });
  const isAgain = published?.versionId === versionId;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Publish version ${number}`}
      description={
        published ? `It takes the place of version ${published.number}.` : 'Nothing of this strategy is published yet.'
      }
      width={isCompared ? 'xl' : 'lg'}
      footer={
        <Button look="primary" disabled={isHeld || isAgain} busy={publish.isPending} onClick={submit}>
          {problem === null ? 'Publish' : 'Publish without approval'}
        </Button>
      }
    >
      <div className="space-y-4">
        {publish.isError ? (
          <Problem title={explainError(publish.error).title}>{explainError(publish.error).advice}</Problem>
        ) : null}
        {isAgain ? <Problem title="It is published already">Version {number} is the published one.</Problem> : null}
        {errorCount > 0 ? (
          <Problem title="It can’t run">This version has errors. Repair the draft, and save another version.</Problem>
        ) : null}
        {problem === null ? null : <Problem title="It is not approved yet">{problem}</Problem>}
        {problem !== null && mayOverride ? (
          <Field
            label="Why it is published all the same"
            hint="Only owners can do so. The reason is kept in the audit trail."
          >
            <Input value={reason} maxLength={2_000} onChange={(event) => setReason(event.target.value)} />
          </Field>
        ) : null}
        <section>
          <h3 className="font-semibold">What it changes</h3>
          {changes.length === 0 ? (
            <p className="text-muted">Nothing: it says the same.</p>
          ) : (
            <ul className="mt-1 list-disc space-y-0.5 pl-5 text-muted" aria-label="What it changes">
              {changes.slice(0, MOST_SENTENCES).map((sentence) => (
                <li key={sentence} className="wrap-anywhere">
                  {sentence}
                </li>
              ))}
              {changes.length > MOST_SENTENCES ? <li>and {changes.length - MOST_SENTENCES} more</li> : null}
            </ul>
          )}
          {published && !isAgain ? (
            <Button
              size="sm"
              look="quiet"
              icon={<Activity />}
              aria-expanded={isCompared}
              className="mt-2"
              onClick={() => setCompared(!isCompared)}
            >
              What both do on the same bars
            </Button>
          ) : null}
          {published && isCompared ? (
            <PublishBehaviour
              formulaId={formulaId}
              before={published}
              after={{ versionId, number }}
              marketIds={[...new Set(bots.map(({ marketId }) => marketId))]}
            />
          ) : null}
        </section>
        {bots.length === 0 ? null : (
          <section>
            <h3 className="font-semibold">Bots that run another version</h3>
            <ul className="mt-1 divide-y divide-line/70" aria-label="Bots that run another version">
              {bots.map((bot) => (
                <li key={bot.id} className="flex flex-wrap items-center gap-2 py-2">
                  <span className="min-w-0 flex-1 basis-40">
                    <span className="font-medium">{bot.name}</span>{' '}
                    <span className="text-faint">
                      v{bot.versionNumber} · {bot.symbol} {bot.timeframe} · {bot.status}
                    </span>
                  </span>
                  <Select
                    aria-label={`What becomes of ${bot.name}`}
                    className="w-48!"
                    value={choices.get(bot.id) ?? 'stay'}
                    onChange={(choice) => setChoices((now) => new Map([...now, [bot.id, choice]]))}
                    options={CHOICES}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        <Field label="Notes" hint="For whoever reads the history of publications.">
          <TextArea rows={2} value={notes} maxLength={5_000} onChange={(event) => setNotes(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
