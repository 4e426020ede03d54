import { endPush } from '#components/device/this-push.ts';
import { notify } from '#components/ui/notify.ts';
import { signOut } from './credentials.ts';

/** Signs out, which ends the notifications of this browser too, then loads the door anew so that nothing that was read stays in memory. */
export async function leave(): Promise<void> {
  if (await signOut()) {
    await endPush();
    return window.location.assign('/sign-in');
  }
  notify.error('You are still signed in: the server could not be reached. Check your connection and try again.');
}
