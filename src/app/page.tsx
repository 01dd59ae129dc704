import { LandingPage } from '#features/landing/index.ts';

export default LandingPage;
