import * as z from 'zod';
import { openOperation, operation, type OpenOperation, type Operation } from '#server/api/rest/operation.ts';
import { visit } from '#server/auth.ts';
import { acceptAgreement } from '#server/domain/agreement/accept.ts';
import { readAgreement } from '#server/domain/agreement/read.ts';
import { agreementView, serviceInput } from '#server/domain/agreement/schema.ts';
import { spendBreakdown } from '#server/domain/ledger/breakdown.ts';
import { forecastSpend } from '#server/domain/ledger/forecast.ts';
import { usageHistory } from '#server/domain/ledger/history.ts';
import { reconcileUsage } from '#server/domain/ledger/reconcile-usage.ts';
import { ledgerPage, reconciliationView, spendBreakdownView, spendForecastView, usageHistoryInput, usageInput, usageStats } from '#server/domain/ledger/schema.ts';
import { usageStatistics } from '#server/domain/ledger/stats.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { connectTwilio } from '#server/domain/twilio-account/connect.ts';
import { connectTwilioInput, twilioAccountView } from '#server/domain/twilio-account/schema.ts';
import { signInForToken } from '#server/domain/user/issue-token.ts';
import { signInInput, tokenView } from '#server/domain/user/schema.ts';

export const profileOperations: OpenOperation[] = [
  openOperation({
    method: 'post', path: '/profile/signin', tag: 'Sign-in', summary: 'Get a token for e-mail and password',
    description: 'Send the token as `Authorization: Bearer <token>`. People of several organisations name one in the header `orgid`.',
    input: signInInput, output: tokenView, run: (headers, input) => signInForToken(visit(headers), input),
  }),
];

const agreement = { tag: 'Agreements', input: serviceInput, output: agreementView };

export const organizationOperations: Operation[] = [
  operation({ ...agreement, method: 'get', path: '/org-management/services/{service}/agreement', summary: 'Read the agreement of a service and whether it is accepted', run: readAgreement }),
  operation({
    ...agreement, method: 'post', path: '/org-management/services/{service}/agreement/accept', summary: 'Accept it for the organisation',
    description: 'Owners and admins only. Accepting again changes nothing. The service of broadcasts is `bulk-sms`.', run: acceptAgreement,
  }),
  operation({
    method: 'post', path: '/upstream/save-integration', tag: 'Twilio', summary: 'Connect your Twilio account',
    description: 'Secrets can be written, never read; one that is left out stays as it is. The connection is checked at once.',
    input: connectTwilioInput, output: twilioAccountView, run: connectTwilio,
  }),
  operation({ method: 'post', path: '/upstream/test/twilio', tag: 'Twilio', summary: 'Check every link of the connection', input: z.object({}), output: twilioAccountView, run: checkTwilio }),
  operation({ method: 'get', path: '/usage/stats', tag: 'Usage', summary: 'Messages and cost per day', input: usageInput, output: usageStats, run: usageStatistics }),
  operation({ method: 'get', path: '/usage/breakdown', tag: 'Usage', summary: 'Charges by country, sender, channel and broadcast', input: usageInput, output: spendBreakdownView, run: spendBreakdown }),
  operation({ method: 'get', path: '/usage/forecast', tag: 'Usage', summary: 'What the running month will have cost', input: z.object({}), output: spendForecastView, run: forecastSpend }),
  operation({ method: 'get', path: '/usage/reconciliation', tag: 'Usage', summary: 'The ledger beside Twilio’s own usage records, by day', input: z.object({}), output: reconciliationView, run: reconcileUsage }),
  operation({ method: 'get', path: '/usage/history/bulk-sms', tag: 'Usage', summary: 'The ledger: what Twilio charged, once per message', input: usageHistoryInput, output: ledgerPage, shape: 'page', run: usageHistory }),
];
