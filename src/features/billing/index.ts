export { BillingPage } from './billing-page.tsx';
export { PlanRoom } from './plan-room.tsx';
export { PricingPage } from './pricing-page.tsx';
