'use client';
import { useId, type FormEvent, type ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';

interface FormDialogProps extends Pick<DialogProps, 'title' | 'description'> {
  /** What the button says. */
  readonly action: string;
  readonly isBusy: boolean;
  /** False while what stands in the fields can't be taken. */
  readonly isReady?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog of a few fields: Enter in any of them presses its button, once, as long as the answer is on its way. */
export function FormDialog({
  title,
  description,
  action,
  isBusy,
  isReady = true,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady && !isBusy) onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      description={description}
      width="sm"
      footer={
        <Button look="primary" type="submit" form={id} busy={isBusy} disabled={!isReady}>
          {action}
        </Button>
      }
    >
      <form id={id} onSubmit={submit} className="space-y-3">
        {children}
      </form>
    </Dialog>
  );
}
