/** The one state in which an order is. `pending`: decided, not sent. */
export type OrderLife =
  | { readonly state: 'pending' | 'sent' | 'working' }
  | { readonly state: 'partly filled' | 'filled'; readonly units: number }
  | { readonly state: 'rejected' | 'cancelled' | 'expired'; readonly units: number; readonly why: string };

export type OrderState = OrderLife['state'];

/** What happens to an order. */
export type OrderEvent =
  | { readonly type: 'sent' | 'accepted' }
  /** `units`: signed, of this fill. */
  | { readonly type: 'filled'; readonly units: number; readonly isDone: boolean }
  | { readonly type: 'rejected' | 'cancelled' | 'expired'; readonly why: string };

/** Which events each state takes; the same table stands in the README. */
export const TAKES: Readonly<Record<OrderState, readonly OrderEvent['type'][]>> = {
  pending: ['sent', 'accepted', 'rejected', 'cancelled'],
  sent: ['accepted', 'rejected', 'cancelled'],
  working: ['filled', 'rejected', 'cancelled', 'expired'],
  'partly filled': ['filled', 'rejected', 'cancelled', 'expired'],
  filled: [],
  rejected: [],
  cancelled: [],
  expired: [],
};

export const BEGINNING: OrderLife = { state: 'pending' };

/**
 * The state behind an event; null where the event can't happen: nothing fills that was not accepted, or that has ended.
 */
export function afterEvent(life: OrderLife, event: OrderEvent): OrderLife | null {
  if (!TAKES[life.state].includes(event.type)) return null;
  const units = 'units' in life ? life.units : 0;
  switch (event.type) {
    case 'sent':
      return { state: 'sent' };
    case 'accepted':
      return { state: 'working' };
    case 'filled':
      return { state: event.isDone ? 'filled' : 'partly filled', units: units + event.units };
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return { state: event.type, units, why: event.why };
  }
}
