'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { PlanRoom } from '#features/billing/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';

interface NewBotDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function NewBotDialog({ open, onOpenChange }: NewBotDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [formulaId, setFormulaId] = useState<string>();
  const [versionId, setVersionId] = useState<string>();
  const [marketId, setMarketId] = useState<string>();
  const formulas = useQuery({ ...trpc.formula.list.queryOptions(), enabled: open });
  const versions = useQuery(trpc.version.list.queryOptions(formulaId === undefined ? skipToken : { formulaId }));
  const markets = useQuery({ ...trpc.market.list.queryOptions(), enabled: open });
  const version = versionId ?? versions.data?.[0]?.id;
  const market = marketId ?? markets.data?.[0]?.id;
  const create = useMutation(
    trpc.bot.create.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.bot.pathFilter());
        onOpenChange(false);
        setName('');
      },
    }),
  );
  const isReady = name.trim() !== '' && version !== undefined && market !== undefined;
  const submit = () => {
    if (isReady)
      create.mutate({
        name: name.trim(),
        versionId: version,
        marketId: market,
        mode: 'paper',
        settings: DEFAULT_SETTINGS,
      });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New bot"
      description="It runs one version: later edits of the strategy do not touch it."
      width="sm"
      footer={
        <Button look="primary" disabled={!isReady} busy={create.isPending} onClick={submit}>
          Create
        </Button>
      }
    >
      <div className="space-y-4">
        {open ? <PlanRoom quotas={['bots']} /> : null}
        {create.isError ? (
          <Problem title={explainError(create.error).title}>{explainError(create.error).advice}</Problem>
        ) : null}
        <Field label="Name">
          <Input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Strategy">
          <Select
            value={formulaId}
            onChange={(id) => {
              setFormulaId(id);
              setVersionId(undefined);
            }}
            options={(formulas.data ?? []).map(({ id, name: label }) => ({ value: id, label }))}
          />
        </Field>
        <Field
          label="Version"
          hint={versions.data?.length === 0 ? 'This strategy has no version yet: save one in the builder.' : undefined}
        >
          <Select
            value={version}
            onChange={setVersionId}
            disabled={!versions.data?.length}
            options={(versions.data ?? []).map(({ id, number, message }) => ({
              value: id,
              label: `v${number} ${message}`,
            }))}
          />
        </Field>
        <Field label="Market">
          <Select
            value={market}
            onChange={setMarketId}
            options={(markets.data ?? []).map(({ id, symbol, timeframe }) => ({
              value: id,
              label: `${symbol} ${timeframe}`,
            }))}
          />
        </Field>
      </div>
    </Dialog>
  );
}
