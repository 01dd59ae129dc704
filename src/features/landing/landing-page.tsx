import { FlaskConical, Play, Radio, Users } from 'lucide-react';
import Link from 'next/link';
import { Weave } from '#features/access/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { Logo } from '#ui/layout/logo.tsx';
import { LiveStrategy } from './live-strategy.tsx';
import { SkipToWork } from './skip-to-work.tsx';

const POINTS = [
  {
    icon: <Users />,
    title: 'One strategy, many hands',
    text: 'Draw it as a graph, type it as code: both are the same, edited live by the whole team.',
  },
  {
    icon: <FlaskConical />,
    title: 'Answers while you think',
    text: 'Years of bars in a blink, with fills, costs and every figure defined beside it.',
  },
  {
    icon: <Radio />,
    title: 'What you tested is what runs',
    text: 'Bots run the same engine, bit for bit, and their signals stream to everybody.',
  },
];

export function LandingPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipToWork />
      <header className="flex items-center justify-between px-6 py-4 md:px-10">
        <Logo />
        <nav className="flex gap-2" aria-label="Account">
          <Button look="quiet" asChild>
            <Link href="/pricing">Prices</Link>
          </Button>
          <Button look="quiet" asChild>
            <Link href="/sign-in">Sign in</Link>
          </Button>
          <Button look="primary" asChild>
            <Link href="/register">Create an account</Link>
          </Button>
        </nav>
      </header>
      <main className="flex-1">
        <section className="relative overflow-hidden border-y bg-sunken">
          <div className="absolute inset-0 opacity-45" aria-hidden>
            <Weave />
          </div>
          <div className="absolute inset-0 bg-linear-to-r from-canvas via-canvas/85 to-canvas/20" aria-hidden />
          <div className="relative mx-auto grid max-w-360 gap-10 px-6 py-12 md:px-10 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)] xl:items-center">
            <div>
              <h1 className="text-display font-semibold tracking-[-0.03em]">Strategies, woven together.</h1>
              <p className="mt-4 max-w-120 text-lg text-muted text-pretty">
                Alphaloom is where a team writes one trading strategy at the same time, tests it on real prices and lets
                it run.
              </p>
              <div className="mt-7 flex flex-wrap gap-3">
                <Button look="primary" size="lg" asChild>
                  <Link href="/try">
                    <Play /> Try it without an account
                  </Link>
                </Button>
                <Button size="lg" asChild>
                  <Link href="/register">Create an account</Link>
                </Button>
              </div>
              <p className="mt-3 max-w-120 text-xs text-muted text-pretty">
                What you try stays in your browser, and comes along when you create an account.
              </p>
            </div>
            <LiveStrategy />
          </div>
        </section>
        <section className="mx-auto grid max-w-300 gap-8 px-6 py-16 md:grid-cols-3 md:px-10">
          {POINTS.map(({ icon, title, text }) => (
            <div key={title}>
              <span
                className="mb-3 flex size-9 items-center justify-center rounded-lg border bg-surface text-accent-text shadow-raised [&_svg]:size-4.5"
                aria-hidden
              >
                {icon}
              </span>
              <h2 className="text-base font-semibold">{title}</h2>
              <p className="mt-1 text-muted text-pretty">{text}</p>
            </div>
          ))}
        </section>
      </main>
      <footer className="border-t px-6 py-4 text-xs text-faint md:px-10">
        Not investment advice. Past prices promise nothing.
      </footer>
    </div>
  );
}
