import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { fetchNow, trpc } from '#app/_trpc/server.tsx';
import { callbackPath, doorHref } from '#components/account/callback-path.ts';
import { DoorTitle } from '#components/account/door.tsx';
import { SignInForm } from '#components/account/sign-in-form.tsx';
import { signedIn } from '#server/auth.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const goal = callbackPath((await searchParams).callbackUrl);
  if (await signedIn()) redirect(goal);
  const { demoAccount } = await fetchNow(trpc.user.instance.queryOptions());
  return (
    <>
      <DoorTitle title="Sign in">
        New here? <a href={doorHref('/sign-up', goal)} className="font-medium text-link underline underline-offset-3">Create an account</a>
      </DoorTitle>
      <SignInForm goal={goal} demoAccount={demoAccount} />
    </>
  );
}
