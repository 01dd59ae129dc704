'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { idOf, type UserId } from '#core/requests/ids.ts';
import { useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input, TextArea } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

interface AskReviewDialogProps {
  readonly formulaId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const DRAFT = 'draft';
const PUBLISHED = 'published';

function whyNotYet(title: string, people: readonly UserId[]): string | undefined {
  if (title.trim() === '') return 'Give the review a title.';
  return people.length === 0 ? 'Choose who is asked.' : undefined;
}

/** Asks people to look at the draft, which becomes a version, or at a version that is there. */
export function AskReviewDialog({ formulaId, open, onOpenChange }: AskReviewDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { user } = useSession();
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [people, setPeople] = useState<readonly UserId[]>([]);
  const [what, setWhat] = useState(DRAFT);
  const [base, setBase] = useState(PUBLISHED);
  const team = useQuery({ ...trpc.team.get.queryOptions(), enabled: open });
  const versions = useQuery({ ...trpc.version.list.queryOptions({ formulaId, limit: 100 }), enabled: open });
  const ask = useMutation(
    trpc.review.ask.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.review.pathFilter());
        onOpenChange(false);
        router.push(`/reviews/${id}`);
      },
    }),
  );
  const others = (team.data?.members ?? []).filter(({ userId, role }) => userId !== user.id && role !== 'viewer');
  const numbered = (versions.data ?? []).map(({ id, number, message }) => ({
    value: id as string,
    label: `v${number} ${message}`,
  }));
  const toggle = (userId: UserId, isAsked: boolean) =>
    setPeople((asked) => (isAsked ? [...asked, userId] : asked.filter((one) => one !== userId)));
  const submit = () =>
    ask.mutate({
      formulaId,
      title: title.trim(),
      description: description.trim(),
      people: [...people],
      ...(what === DRAFT ? {} : { versionId: idOf('version', what) }),
      ...(base === PUBLISHED ? {} : { baseId: idOf('version', base) }),
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Ask for a review"
      description="People you name see what has changed, and approve it or ask for changes."
      width="md"
      footer={
        <Button look="primary" denied={whyNotYet(title, people)} busy={ask.isPending} onClick={submit}>
          Ask for review
        </Button>
      }
    >
      <div className="space-y-4">
        {ask.isError ? <Problem title={explainError(ask.error).title}>{explainError(ask.error).advice}</Problem> : null}
        <Field label="Title">
          <Input autoFocus value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label="Description" hint="Why it changes, and what to look at.">
          <TextArea
            rows={3}
            value={description}
            maxLength={20_000}
            onChange={(event) => setDescription(event.target.value)}
          />
        </Field>
        <fieldset>
          <legend className="mb-1 text-sm font-medium">Who is asked</legend>
          {others.length === 0 && team.data ? (
            <p className="text-muted">Nobody else here may review. Invite somebody as a reviewer in Team.</p>
          ) : null}
          <div className="grid gap-1 sm:grid-cols-2">
            {others.map(({ userId, name, role }) => (
              <Checkbox
                key={userId}
                label={
                  <>
                    {name} <span className="text-faint">{role}</span>
                  </>
                }
                checked={people.includes(userId)}
                onChange={(isAsked) => toggle(userId, isAsked)}
              />
            ))}
          </div>
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="What to look at">
            <Select
              value={what}
              onChange={setWhat}
              options={[{ value: DRAFT, label: 'The draft as it is now' }, ...numbered]}
            />
          </Field>
          <Field label="Compared with">
            <Select
              value={base}
              onChange={setBase}
              options={[{ value: PUBLISHED, label: 'The last published version' }, ...numbered]}
            />
          </Field>
        </div>
      </div>
    </Dialog>
  );
}
