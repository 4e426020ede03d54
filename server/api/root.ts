import { router } from '#server/api/trpc.ts';
import { agreementRouter } from '#server/api/routers/agreement.ts';
import { audienceRouter } from '#server/api/routers/audience.ts';
import { automationRouter } from '#server/api/routers/automation.ts';
import { broadcastRouter } from '#server/api/routers/broadcast.ts';
import { connectionRouter } from '#server/api/routers/connection.ts';
import { contactRouter } from '#server/api/routers/contact.ts';
import { contactImportRouter } from '#server/api/routers/contact-import.ts';
import { conversationRouter } from '#server/api/routers/conversation.ts';
import { deliveryRouter } from '#server/api/routers/delivery.ts';
import { deviceRouter } from '#server/api/routers/device.ts';
import { ledgerRouter } from '#server/api/routers/ledger.ts';
import { numberRouter } from '#server/api/routers/number.ts';
import { optOutRouter } from '#server/api/routers/opt-out.ts';
import { organizationRouter } from '#server/api/routers/organization.ts';
import { reportShareRouter } from '#server/api/routers/report-share.ts';
import { templateRouter } from '#server/api/routers/template.ts';
import { twilioAccountRouter } from '#server/api/routers/twilio-account.ts';
import { userRouter } from '#server/api/routers/user.ts';
import { userViewRouter } from '#server/api/routers/user-view.ts';

export const appRouter = router({
  agreement: agreementRouter,
  audience: audienceRouter,
  automation: automationRouter,
  broadcast: broadcastRouter,
  connection: connectionRouter,
  contact: contactRouter,
  contactImport: contactImportRouter,
  conversation: conversationRouter,
  delivery: deliveryRouter,
  device: deviceRouter,
  ledger: ledgerRouter,
  number: numberRouter,
  optOut: optOutRouter,
  organization: organizationRouter,
  reportShare: reportShareRouter,
  template: templateRouter,
  twilioAccount: twilioAccountRouter,
  user: userRouter,
  userView: userViewRouter,
});
export type AppRouter = typeof appRouter;
