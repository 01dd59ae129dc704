export { ConfirmLinkPage } from './confirm-page.tsx';
export { ForgotPage } from './forgot-page.tsx';
export { JoinPage } from './join-page.tsx';
export { RegisterPage } from './register-page.tsx';
export { ResetPage } from './reset-page.tsx';
export { SignInForm } from './sign-in-form.tsx';
export { Weave } from './weave.tsx';
