/** What this browser can do about notifications, and if nothing, why. */
export type PushSupport = 'ready' | 'insecure' | 'install_on_ios' | 'unsupported' | 'denied';

export type BrowserFacts = { userAgent: string; touchPoints: number; isSecure: boolean; isInstalled: boolean; hasPush: boolean; permission: NotificationPermission | null };

/** iOS has Web Push since 16.4, and only for pages that stand on the home screen; there it shows no sign of it before. */
export function pushSupport({ userAgent, touchPoints, isSecure, isInstalled, hasPush, permission }: BrowserFacts): PushSupport {
  if (!isSecure) return 'insecure';
  if (!hasPush) return isIos(userAgent, touchPoints) && !isInstalled ? 'install_on_ios' : 'unsupported';
  return permission === 'denied' ? 'denied' : 'ready';
}

/** An iPad calls itself a Mac; Macs have no touch screen. */
const isIos = (userAgent: string, touchPoints: number) => /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Mac OS X') && touchPoints > 1);

/** As the browser says it now. */
export const browserFacts = (): BrowserFacts => ({
  userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints, isSecure: window.isSecureContext,
  isInstalled: window.matchMedia('(display-mode: standalone)').matches,
  hasPush: 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window,
  permission: 'Notification' in window ? Notification.permission : null,
});
