import type { ReactNode } from 'react';
import { Door } from '#components/account/door.tsx';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <Door>{children}</Door>;
}
