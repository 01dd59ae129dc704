'use client';
import './globals.css';

/**
 * Takes the place of everything, the layout included, when that itself breaks: it stands on nothing but the style
 * sheet.
 */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex min-h-dvh max-w-105 flex-col items-center justify-center px-6 text-center">
          <title>Alphaloom</title>
          <h1 className="text-base font-semibold">Alphaloom broke</h1>
          <p className="mt-1 text-muted text-pretty">
            That is a mistake of ours. What you have changed is kept in this browser.
          </p>
          <button type="button" onClick={reset} className="mt-4 rounded-md border px-3 py-1.5">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
