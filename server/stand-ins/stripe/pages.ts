import { textOf, type Fields } from './form.ts';
import type { CheckoutSession, Customer, PortalSession, Price, Subscription } from './objects.ts';
import type { Store } from './store.ts';
import { cardProblem, CARDS, type Subscriptions } from './subscriptions.ts';

/** What a page answers: itself, or another address. */
export type PageAnswer = { readonly status: number; readonly html: string } | { readonly to: string };

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const money = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100);

const priceText = ({ unit_amount, currency, recurring }: Price, quantity: number): string =>
  `${money(unit_amount * quantity, currency)} a ${recurring.interval}${quantity > 1 ? ` for ${quantity} seats` : ''}`;

const STYLE = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem;background:Canvas;color:CanvasText}
.note{border:1px solid GrayText;border-radius:.5rem;padding:.75rem 1rem;font-size:.9rem}
form{margin:1rem 0}label{display:block;margin-bottom:.25rem}
input,select{font:inherit;padding:.5rem;width:100%;box-sizing:border-box}
button{font:inherit;padding:.5rem 1rem;margin:.5rem .5rem 0 0}
.problem{border:1px solid #d33;border-radius:.5rem;padding:.75rem 1rem}`;

const page = (title: string, body: string, status = 200): PageAnswer => ({
  status,
  html: [
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escape(title)}</title><style>${STYLE}</style><main>`,
    '<p class="note">This page stands in for Stripe, on this machine alone. No money moves, no real card is taken.</p>',
    `<h1>${escape(title)}</h1>${body}</main></html>`,
  ].join(''),
});

const problemText = (problem: string | null): string =>
  problem === null ? '' : `<p class="problem" role="alert">${escape(problem)}</p>`;

const CHOICES = Object.entries(CARDS).map(([number, { title }]) => ({
  title,
  spaced: number.replace(/(.{4})(?!$)/g, '$1 '),
}));

const CARD_FIELD = [
  '<label for="card">Card number</label>',
  '<input id="card" name="card" value="4242 4242 4242 4242" autocomplete="off">',
  `<p>${CHOICES.map(({ spaced, title }) => `${spaced} ${title}`).join('<br>')}</p>`,
].join('');

const button = (act: string, text: string): string =>
  `<form method="post"><button name="act" value="${act}">${text}</button></form>`;

/** The pages that people see: to pay, and to change what they pay. */
export class Pages {
  readonly #store: Store;
  readonly #subscriptions: Subscriptions;

  constructor(store: Store, subscriptions: Subscriptions) {
    this.#store = store;
    this.#subscriptions = subscriptions;
  }

  answer(method: string, path: string, fields: Fields): PageAnswer {
    const [, , , id = ''] = path.split('/');
    if (path.startsWith('/c/pay/')) {
      const session = this.#store.find('checkout.session', id);
      if (session?.status === 'open') return this.#checkout(session, method === 'POST' ? fields : null);
      return page('This checkout is over', '<p>Begin again from the page of your plan.</p>', 410);
    }
    if (path.startsWith('/p/session/')) {
      const session = this.#store.find('billing_portal.session', id);
      const customer = this.#store.find('customer', session?.customer);
      if (session && customer) return this.#portal(session, customer, method === 'POST' ? fields : null);
    }
    if (path.startsWith('/invoice/')) {
      const invoice = this.#store.find('invoice', path.split('/')[2]);
      if (invoice)
        return page(`Invoice ${invoice.number}`, `<p>${money(invoice.total, invoice.currency)}, ${invoice.status}</p>`);
    }
    return page('There is no such page', '', 404);
  }

  #checkout(session: CheckoutSession, fields: Fields | null): PageAnswer {
    const price = this.#store.find('price', session.price);
    if (!price) return page('This price is gone', '', 404);
    if (fields && textOf(fields['act']) === 'leave') return { to: session.cancel_url };
    const card = textOf(fields?.['card']) ?? '';
    const problem = fields ? cardProblem(card) : null;
    if (fields && problem === null) {
      this.#subscriptions.pay(session, price, card);
      return { to: session.success_url };
    }
    const due =
      session.trial_days > 0
        ? `${session.trial_days} days free, then ${priceText(price, session.quantity)}`
        : priceText(price, session.quantity);
    const word = session.trial_days > 0 ? 'Start trial' : 'Subscribe';
    const form = `<form method="post">${CARD_FIELD}<button name="act" value="pay">${word}</button></form>`;
    const body = [`<p>${escape(due)}</p>`, problemText(problem), form, button('leave', 'Back without paying')];
    return page(`Subscribe to ${price.nickname}`, body.join(''), problem === null ? 200 : 402);
  }

  #portal(session: PortalSession, customer: Customer, fields: Fields | null): PageAnswer {
    if (fields && textOf(fields['act']) === 'return') return { to: session.return_url };
    const problem = fields ? this.#act(customer, fields) : null;
    const subscription = this.#current(customer);
    const body = [
      problemText(problem),
      subscription ? this.#subscribed(subscription) : '<p>Nothing is subscribed.</p>',
      `<form method="post">${CARD_FIELD}<button name="act" value="card">Use this card</button></form>`,
      button('return', 'Return to Alphaloom'),
    ];
    return page('Your subscription', body.join(''), problem === null ? 200 : 402);
  }

  #subscribed(subscription: Subscription): string {
    const [{ price, quantity, current_period_end: end }] = subscription.items.data;
    const { status, cancel_at_period_end: isCancelled } = subscription;
    const day = new Date(end * 1000).toISOString().slice(0, 10);
    const options = this.#store.list('price').map((one) => {
      const text = escape(`${one.nickname}, ${priceText(one, 1)}`);
      return `<option value="${one.id}"${one.id === price.id ? ' selected' : ''}>${text}</option>`;
    });
    const said = `${escape(price.nickname)}, ${escape(priceText(price, quantity))}. State: ${status}.`;
    return [
      `<p>${said} ${isCancelled ? 'Ends' : 'Renews'} on ${day}.</p>`,
      `<form method="post"><label for="price">Plan</label><select id="price" name="price">${options.join('')}</select>`,
      '<button name="act" value="change">Change plan</button></form>',
      isCancelled ? button('resume', 'Resume subscription') : button('cancel', 'Cancel at the end of the period'),
      status === 'past_due' ? button('retry', 'Pay the open invoice') : '',
      button('period', 'Practice: let this period end now'),
      status === 'past_due' ? button('age', 'Practice: let 15 days pass') : '',
    ].join('\n');
  }

  #current({ id }: Customer): Subscription | null {
    return this.#store.list('subscription').find((one) => one.customer === id && one.status !== 'canceled') ?? null;
  }

  /** Does what a button says. What is wrong, in words; null when all is well. */
  #act(customer: Customer, fields: Fields): string | null {
    const act = textOf(fields['act']);
    if (act === 'card') {
      const card = textOf(fields['card']) ?? '';
      const problem = cardProblem(card);
      if (problem === null) this.#subscriptions.replaceCard(customer, card);
      return problem;
    }
    const subscription = this.#current(customer);
    if (!subscription) return 'Nothing is subscribed.';
    switch (act) {
      case 'change': {
        const price = this.#store.find('price', textOf(fields['price']));
        if (!price) return 'This price is gone.';
        this.#subscriptions.change(subscription, { price });
        return null;
      }
      case 'cancel':
      case 'resume':
        this.#subscriptions.cancelAtEnd(subscription, act === 'cancel');
        return null;
      case 'retry':
        return this.#subscriptions.payOpen(subscription);
      case 'period':
        this.#subscriptions.endPeriod(subscription);
        return null;
      case 'age': {
        this.#subscriptions.age(subscription, 15);
        return null;
      }
      default:
        return 'Nothing was chosen.';
    }
  }
}
