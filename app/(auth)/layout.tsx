import type { ReactNode } from 'react';
import { Door } from '#components/account/door.tsx';
import { TRPCReactProvider } from '#components/trpc/client.tsx';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <TRPCReactProvider><Door>{children}</Door></TRPCReactProvider>;
}
