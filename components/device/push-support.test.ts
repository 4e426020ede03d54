import { expect, test } from 'vitest';
import { pushSupport, type BrowserFacts } from './push-support.ts';

const firefox: BrowserFacts = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', touchPoints: 0, isSecure: true, isInstalled: false, hasPush: true, permission: 'default' };
const iPhone: BrowserFacts = { ...firefox, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', touchPoints: 5, hasPush: false, permission: null };

test('a browser with push is ready until somebody denied it', () => {
  expect(pushSupport(firefox)).toBe('ready');
  expect(pushSupport({ ...firefox, permission: 'denied' })).toBe('denied');
  expect(pushSupport({ ...firefox, isSecure: false, hasPush: false })).toBe('insecure');
  expect(pushSupport({ ...firefox, hasPush: false })).toBe('unsupported');
});

test('only an iPhone or iPad is told to add the page to the home screen, and only while it is not there', () => {
  expect(pushSupport(iPhone)).toBe('install_on_ios');
  expect(pushSupport({ ...iPhone, isInstalled: true })).toBe('unsupported');
  expect(pushSupport({ ...iPhone, isInstalled: true, hasPush: true, permission: 'default' })).toBe('ready');
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';
  expect(pushSupport({ ...iPhone, userAgent: mac })).toBe('install_on_ios'); // an iPad
  expect(pushSupport({ ...iPhone, userAgent: mac, touchPoints: 0 })).toBe('unsupported');
});
