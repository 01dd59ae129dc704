'use client';
import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { CommandProvider } from '#commands/index.ts';
import { DataProvider } from '#trpc/provider.tsx';
import { Toaster } from '#ui/feedback/toaster.tsx';
import { TooltipProvider } from '#ui/feedback/tooltip.tsx';
import { LeaveTogether } from './leave-together.tsx';
import { Tones } from './tones.tsx';

export const Providers = ({ children }: { readonly children: ReactNode }) => (
  <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
    <DataProvider>
      <TooltipProvider>
        <CommandProvider>
          <LeaveTogether>{children}</LeaveTogether>
        </CommandProvider>
      </TooltipProvider>
      <Tones />
      <Toaster />
    </DataProvider>
  </ThemeProvider>
);
