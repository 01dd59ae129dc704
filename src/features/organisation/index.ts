export { OrganisationPage } from './organisation-page.tsx';
