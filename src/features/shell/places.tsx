import {
  BookOpenText,
  Bot,
  ChartCandlestick,
  ClipboardCheck,
  FlaskConical,
  Grid3x3,
  Radio,
  Settings,
  Users,
  Workflow,
} from 'lucide-react';
import type { ReactNode } from 'react';

export interface Place {
  readonly href: string;
  readonly title: string;
  readonly icon: ReactNode;
  readonly shortcut: string;
  /** What of it waits for this person is counted beside its name. */
  readonly counts?: 'reviews';
}

export interface PlaceGroup {
  readonly title: string;
  readonly places: readonly Place[];
}

/** The navigation, in order; the palette and the keys are made from it too. */
export const PLACES: readonly PlaceGroup[] = [
  {
    title: 'Build',
    places: [
      { href: '/formulas', title: 'Strategies', icon: <Workflow />, shortcut: 'g f' },
      { href: '/reviews', title: 'Reviews', icon: <ClipboardCheck />, shortcut: 'g v', counts: 'reviews' },
      { href: '/backtests', title: 'Backtests', icon: <FlaskConical />, shortcut: 'g b' },
      { href: '/sweeps', title: 'Sweeps', icon: <Grid3x3 />, shortcut: 'g w' },
      { href: '/markets', title: 'Markets', icon: <ChartCandlestick />, shortcut: 'g m' },
      { href: '/reference', title: 'Reference', icon: <BookOpenText />, shortcut: 'g r' },
    ],
  },
  {
    title: 'Run',
    places: [
      { href: '/bots', title: 'Bots', icon: <Bot />, shortcut: 'g o' },
      { href: '/signals', title: 'Signals', icon: <Radio />, shortcut: 'g s' },
    ],
  },
  {
    title: 'Organisation',
    places: [
      { href: '/team', title: 'Team', icon: <Users />, shortcut: 'g t' },
      { href: '/settings', title: 'Settings', icon: <Settings />, shortcut: 'g ,' },
    ],
  },
];
