import config from './playwright.config.ts';
export default { ...config, globalSetup: undefined, retries: 0, workers: 1, reporter: 'line', timeout: 180_000 };
