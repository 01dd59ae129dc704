import type { Metadata } from 'next';
import { RegisterPage } from '#features/access/index.ts';

export const metadata: Metadata = { title: 'Register' };

export default RegisterPage;
