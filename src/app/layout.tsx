import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '#features/shell/index.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Alphaloom', template: '%s · Alphaloom' },
  description: 'Teams build trading strategies together: one strategy, edited live as a graph and as code.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f7f4' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0e14' },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
