'use client';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { encode } from 'uqr';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { CopyButton } from '#ui/controls/copy-button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface TotpDialogProps {
  readonly begun: { readonly uri: string; readonly secret: string };
  readonly onClose: () => void;
}

/** Sets an app up: its picture, its first code, and the codes to keep. */
export function TotpDialog({ begun, onClose }: TotpDialogProps) {
  const trpc = useTRPC();
  const [code, setCode] = useState('');
  const confirm = useMutation(trpc.account.confirmTotp.mutationOptions());
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={confirm.isSuccess ? 'The app is set up' : 'Set up an app'}
    >
      {confirm.isSuccess ? (
        <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={onClose} />
      ) : (
        <form
          noValidate
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (code !== '') confirm.mutate({ code });
          }}
        >
          <p className="text-muted">Take a picture of this with the app, or type the key.</p>
          <QrCode text={begun.uri} />
          <div className="flex items-center gap-2">
            <code className="min-w-0 rounded-md bg-sunken px-2 py-1 text-xs break-all" data-secret>
              {begun.secret}
            </code>
            <CopyButton text={begun.secret} label="Copy the key" />
          </div>
          <Field
            label="Code that the app shows"
            problem={confirm.isError ? explainError(confirm.error).advice : undefined}
          >
            <Input
              autoFocus
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
          <div className="flex justify-end">
            <Button type="submit" look="primary" busy={confirm.isPending} disabled={code === ''}>
              Confirm the app
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** Dark on light in both themes: many apps read nothing else. */
function QrCode({ text }: { readonly text: string }) {
  const { path, size } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 2 });
    const dots = code.data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { path: dots.join(''), size: code.size };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label="QR code for the app"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto size-52 rounded-lg bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
