import { Logo } from '#ui/logo.tsx'; export default function P(){return <Logo/>}
