'use client';
import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export { toast } from 'sonner';

export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      gap={8}
      toastOptions={{
        classNames: {
          toast: 'bg-raised! text-ink! border-line! shadow-float! rounded-lg! text-[13px]! font-sans!',
          description: 'text-muted!',
          actionButton: 'bg-accent! text-on-accent!',
        },
      }}
    />
  );
}
