'use client';
import { usePathname } from 'next/navigation';
import { useCallback, useState, type ReactNode } from 'react';
import { CommandSheets, useCommandSheets } from '#commands/index.ts';
import { useStored } from '#ui/hooks/use-stored.ts';
import { useThings } from './finding/use-things.ts';
import { LiveProvider } from './live.tsx';
import { DeletionBanner } from './organisations/deletion-banner.tsx';
import { LinkGate } from './organisations/link-gate.tsx';
import { SwitchingProvider } from './organisations/switching.tsx';
import { SessionGate } from './session.tsx';
import { useShellCommands } from './shell-commands.tsx';
import { Sidebar } from './sidebar.tsx';
import { SignOutProvider } from './sign-out-provider.tsx';
import { StepUpDialog } from './step-up-dialog.tsx';
import { TopBar } from './top-bar.tsx';

/** Until somebody chooses, the navigation leaves a formula the room. */
const WIDTHS = ['by page', 'wide', 'narrow'] as const;
const FORMULA = /^\/formulas\/[^/]+/;

/** Everything around the pages of people who are signed in. */
export const AppShell = ({ children }: { readonly children: ReactNode }) => (
  <SessionGate>
    <SwitchingProvider>
      <LinkGate>
        <LiveProvider>
          <SignOutProvider>
            <Frame>{children}</Frame>
          </SignOutProvider>
        </LiveProvider>
      </LinkGate>
    </SwitchingProvider>
  </SessionGate>
);

function Frame({ children }: { readonly children: ReactNode }) {
  const [width, setWidth] = useStored('navigation', WIDTHS);
  const [drawer, setDrawer] = useState(false);
  const sheets = useCommandSheets();
  const { openPalette, openHelp } = sheets;
  const pathname = usePathname();
  const isNarrow = width === 'narrow' || (width === 'by page' && FORMULA.test(pathname));
  const toggleNavigation = useCallback(() => setWidth(isNarrow ? 'wide' : 'narrow'), [isNarrow, setWidth]);
  useShellCommands(toggleNavigation);
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to content
      </a>
      <Sidebar narrow={isNarrow} onToggle={toggleNavigation} onSearch={openPalette} onHelp={openHelp} />
      <TopBar open={drawer} onOpenChange={setDrawer} onSearch={openPalette} onHelp={openHelp} />
      <main id="content" tabIndex={-1} className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none">
        <DeletionBanner />
        {children}
      </main>
      <StepUpDialog />
      <CommandSheets state={sheets} useFound={useThings} />
    </div>
  );
}
