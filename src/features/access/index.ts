export { JoinPage } from './join-page.tsx';
export { RegisterPage } from './register-page.tsx';
export { SignInForm } from './sign-in-form.tsx';
export { Weave } from './weave.tsx';
