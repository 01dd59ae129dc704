import type { Broker } from './broker.ts';
import type { Order, Side } from './order.ts';

/** What a strategy wants of a broker, decided at a bar's close: a call of `Broker`, as data. */
export type Intent =
  | { readonly type: 'enter'; readonly order: Order }
  | { readonly type: 'exit'; readonly order: Order }
  | { readonly type: 'cancel'; readonly side: Side }
  | { readonly type: 'trail'; readonly level: number };

export function submit(broker: Broker, intent: Intent): void {
  switch (intent.type) {
    case 'enter':
      broker.enter(intent.order);
      break;
    case 'exit':
      broker.exit(intent.order);
      break;
    case 'cancel':
      broker.cancel(intent.side);
      break;
    case 'trail':
      broker.trail(intent.level);
      break;
  }
}
