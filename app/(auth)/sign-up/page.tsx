import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { callbackPath, doorHref } from '#components/account/callback-path.ts';
import { DoorTitle } from '#components/account/door.tsx';
import { SignUpForm } from '#components/account/sign-up-form.tsx';
import { TRPCReactProvider } from '#components/trpc/client.tsx';
import { signedIn } from '#server/auth.ts';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  const goal = callbackPath((await searchParams).callbackUrl);
  if (await signedIn()) redirect(goal);
  return (
    <>
      <DoorTitle title="Create an account">
        Have one? <Link href={doorHref('/sign-in', goal)} className="font-medium text-link underline underline-offset-3">Sign in</Link>
      </DoorTitle>
      <TRPCReactProvider><SignUpForm goal={goal} /></TRPCReactProvider>
    </>
  );
}
