import type { CheckoutSession, Customer, Invoice, Price, Subscription } from './objects.ts';
import { newId, now, type Store } from './store.ts';

const DAY = 86_400;

/** What becomes of a charge, by the number of the card; the same numbers as Stripe's own for tests. */
export const CARDS = {
  '4242424242424242': { title: 'pays', adds: true, pays: true },
  '4000000000000002': { title: 'is declined', adds: false, pays: false },
  '4000000000000341': { title: 'is taken, and fails at the next charge', adds: true, pays: false },
} as const;

const cardOf = (number: string | null) =>
  number !== null && number in CARDS ? CARDS[number as keyof typeof CARDS] : null;

/** Why a card is not taken, in words; null where it is. */
export const cardProblem = (number: string): string | null => {
  const card = cardOf(number.replaceAll(' ', ''));
  if (!card) return 'This number is none of the cards that can be tried here.';
  return card.adds ? null : 'Your card was declined.';
};

/** What happens to subscriptions, each with the events that Stripe sends of it. */
export class Subscriptions {
  readonly #store: Store;
  readonly #address: () => string;

  constructor(store: Store, address: () => string) {
    this.#store = store;
    this.#address = address;
  }

  /** A checkout that was paid, or begun as a trial. */
  pay(session: CheckoutSession, price: Price, card: string): void {
    const customer = this.#store.find('customer', session.customer);
    if (customer) this.#store.put<Customer>({ ...customer, card: card.replaceAll(' ', '') }, 'customer.updated');
    const at = now();
    const trialEnd = session.trial_days > 0 ? at + session.trial_days * DAY : null;
    const id = newId('sub');
    const begun: Subscription = {
      id,
      object: 'subscription',
      created: at,
      customer: session.customer,
      status: trialEnd === null ? 'active' : 'trialing',
      items: {
        object: 'list',
        has_more: false,
        data: [
          {
            id: newId('si'),
            object: 'subscription_item',
            price,
            quantity: session.quantity,
            current_period_start: at,
            current_period_end: trialEnd ?? at + lengthOf(price),
          },
        ],
      },
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      ended_at: null,
      trial_end: trialEnd,
      latest_invoice: null,
      metadata: session.metadata,
    };
    this.#store.put(begun, 'customer.subscription.created');
    const invoice = this.#bill(begun, trialEnd === null ? price.unit_amount * session.quantity : 0, true);
    this.#store.put({ ...begun, latest_invoice: invoice.id }, 'customer.subscription.updated');
    this.#store.put<CheckoutSession>(
      {
        ...session,
        status: 'complete',
        payment_status: trialEnd === null ? 'paid' : 'no_payment_required',
        subscription: id,
        url: null,
      },
      'checkout.session.completed',
    );
  }

  change(before: Subscription, to: { readonly price?: Price; readonly quantity?: number }): Subscription {
    const [item] = before.items.data;
    const price = to.price ?? item.price;
    const quantity = to.quantity ?? item.quantity;
    const after: Subscription = { ...before, items: { ...before.items, data: [{ ...item, price, quantity }] } };
    const more = price.unit_amount * quantity - item.price.unit_amount * item.quantity;
    // The rest of a period is credited in full: nobody needs days here.
    const invoice = more > 0 && before.status === 'active' ? this.#bill(after, more, this.#pays(after)) : null;
    return this.#store.put(
      { ...after, ...(invoice ? { latest_invoice: invoice.id } : {}) },
      'customer.subscription.updated',
    );
  }

  cancelAtEnd(before: Subscription, isCancelled: boolean): Subscription {
    const end = before.items.data[0].current_period_end;
    return this.#store.put(
      {
        ...before,
        cancel_at_period_end: isCancelled,
        cancel_at: isCancelled ? end : null,
        canceled_at: isCancelled ? now() : null,
      },
      'customer.subscription.updated',
    );
  }

  end(before: Subscription): Subscription {
    const at = now();
    return this.#store.put(
      { ...before, status: 'canceled', canceled_at: before.canceled_at ?? at, ended_at: at },
      'customer.subscription.deleted',
    );
  }

  replaceCard(customer: Customer, card: string): void {
    this.#store.put<Customer>({ ...customer, card: card.replaceAll(' ', '') }, 'customer.updated');
  }

  /** The period is over: the next one is paid, or not, or the subscription ends. */
  endPeriod(before: Subscription): Subscription {
    if (before.cancel_at_period_end) return this.end(before);
    const [item] = before.items.data;
    const at = now();
    const isPaid = this.#pays(before);
    const moved: Subscription = {
      ...before,
      status: isPaid ? 'active' : 'past_due',
      trial_end: before.trial_end === null ? null : Math.min(before.trial_end, at),
      items: {
        ...before.items,
        data: [{ ...item, current_period_start: at, current_period_end: at + lengthOf(item.price) }],
      },
    };
    const invoice = this.#bill(moved, item.price.unit_amount * item.quantity, isPaid);
    return this.#store.put({ ...moved, latest_invoice: invoice.id }, 'customer.subscription.updated');
  }

  /** Tries again what was not paid. Why that failed, in words; null when all is paid. */
  payOpen(before: Subscription): string | null {
    const invoice = this.#store.find('invoice', before.latest_invoice);
    if (before.status !== 'past_due' || !invoice) return null;
    if (!this.#pays(before)) return 'The card did not pay. Use another one.';
    this.#store.put<Invoice>(
      {
        ...invoice,
        status: 'paid',
        amount_paid: invoice.amount_due,
        status_transitions: { ...invoice.status_transitions, paid_at: now() },
      },
      'invoice.paid',
    );
    this.#store.put({ ...before, status: 'active' }, 'customer.subscription.updated');
    return null;
  }

  /** As if the invoice that is not paid were so many days older. */
  age(before: Subscription, days: number): void {
    const invoice = this.#store.find('invoice', before.latest_invoice);
    if (!invoice) return;
    const { finalized_at, paid_at } = invoice.status_transitions;
    const older = { finalized_at: finalized_at - days * DAY, paid_at };
    this.#store.put<Invoice>({ ...invoice, status_transitions: older }, 'invoice.updated');
  }

  #pays({ customer }: Subscription): boolean {
    return cardOf(this.#store.find('customer', customer)?.card ?? null)?.pays === true;
  }

  #bill({ id, customer, items }: Subscription, amount: number, isPaid: boolean): Invoice {
    const at = now();
    const invoiceId = newId('in');
    return this.#store.put<Invoice>(
      {
        id: invoiceId,
        object: 'invoice',
        created: at,
        number: `PRACTICE-${String(this.#store.list('invoice').length + 1).padStart(4, '0')}`,
        customer,
        status: isPaid ? 'paid' : 'open',
        total: amount,
        amount_due: amount,
        amount_paid: isPaid ? amount : 0,
        currency: items.data[0].price.currency,
        hosted_invoice_url: `${this.#address()}/invoice/${invoiceId}`,
        invoice_pdf: null,
        status_transitions: { finalized_at: at, paid_at: isPaid ? at : null },
        parent: { type: 'subscription_details', subscription_details: { subscription: id } },
      },
      isPaid ? 'invoice.paid' : 'invoice.payment_failed',
    );
  }
}

const lengthOf = ({ recurring }: Price): number => (recurring.interval === 'year' ? 365 : 30) * DAY;
