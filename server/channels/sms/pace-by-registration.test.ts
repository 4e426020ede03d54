import { describe, expect, test } from 'vitest';
import { paceByRegistration, type TenDlcCampaign } from './pace-by-registration.ts';

const campaign = (values: Partial<TenDlcCampaign>) =>
  paceByRegistration({ kind: 'local', campaign: { usecase: 'MARKETING', brandType: 'STANDARD', brandScore: null, isRussell3000: false, ...values } });

describe('P31: the cap follows the registration', () => {
  test.each([[100, 225], [75, 225], [74, 120], [50, 120], [49, 12], [25, 12], [24, 12], [1, 12], [0, 12], [null, 12]])('brand score %s gives %s segments a second', (brandScore, expected) => {
    expect(campaign({ brandScore }).segmentsPerSecond).toBe(expected);
  });

  test('the use case goes before the score', () => {
    expect(campaign({ usecase: 'LOW_VOLUME', brandScore: 90 }).segmentsPerSecond).toBe(3.75);
    expect(campaign({ usecase: 'SOLE_PROPRIETOR', brandScore: 90 }).segmentsPerSecond).toBe(1);
    expect(campaign({ brandType: 'SOLE_PROPRIETOR', brandScore: 90 }).segmentsPerSecond).toBe(1);
  });

  test('a Russell 3000 company needs no score', () => {
    expect(campaign({ isRussell3000: true }).segmentsPerSecond).toBe(225);
  });

  test('senders outside 10DLC have the rate of their kind', () => {
    const rate = (kind: 'toll_free' | 'short_code' | 'mobile' | 'alphanumeric') => paceByRegistration({ kind }).segmentsPerSecond;
    expect([rate('toll_free'), rate('short_code'), rate('mobile'), rate('alphanumeric')]).toEqual([3, 100, 10, 10]);
    expect(paceByRegistration({ kind: 'local', campaign: null }).segmentsPerSecond).toBe(1);
  });

  test('every cap says where it comes from', () => {
    expect(campaign({ brandScore: 75 }).source).toBe("10DLC campaign, brand score 75 (Twilio's table of 22\u00a0Nov\u00a02026)");
  });
});
