import type { ApiRoute } from '#server/twilio/simulator/http.ts';
import { accountRoutes } from '#server/twilio/simulator/resources/account.ts';
import { approvalRequestRoutes } from '#server/twilio/simulator/resources/approval-request.ts';
import { availablePhoneNumberRoutes } from '#server/twilio/simulator/resources/available-phone-number.ts';
import { brandRegistrationRoutes } from '#server/twilio/simulator/resources/brand-registration.ts';
import { channelSenderRoutes } from '#server/twilio/simulator/resources/channel-sender.ts';
import { consentRoutes } from '#server/twilio/simulator/resources/consent.ts';
import { contentRoutes } from '#server/twilio/simulator/resources/content.ts';
import { eventSinkRoutes } from '#server/twilio/simulator/resources/event-sink.ts';
import { eventSubscriptionRoutes } from '#server/twilio/simulator/resources/event-subscription.ts';
import { incomingPhoneNumberRoutes } from '#server/twilio/simulator/resources/incoming-phone-number.ts';
import { mediaRoutes } from '#server/twilio/simulator/inbound-media.ts';
import { messageRoutes } from '#server/twilio/simulator/resources/message.ts';
import { messagingPricingRoutes } from '#server/twilio/simulator/resources/messaging-pricing.ts';
import { messagingServiceRoutes } from '#server/twilio/simulator/resources/messaging-service.ts';
import { numberPricingRoutes } from '#server/twilio/simulator/resources/number-pricing.ts';
import { serviceChannelSenderRoutes } from '#server/twilio/simulator/resources/service-channel-sender.ts';
import { tollfreeVerificationRoutes } from '#server/twilio/simulator/resources/tollfree-verification.ts';
import { usageRoutes } from '#server/twilio/simulator/resources/usage.ts';
import { usAppToPersonRoutes } from '#server/twilio/simulator/resources/us-app-to-person.ts';

/** Every Twilio route that the simulator answers: one file per resource. */
export const apiRoutes: ApiRoute[] = [
  ...messageRoutes,
  ...mediaRoutes,
  ...accountRoutes,
  ...usageRoutes,
  ...incomingPhoneNumberRoutes,
  ...availablePhoneNumberRoutes,
  ...messagingServiceRoutes,
  ...usAppToPersonRoutes,
  ...brandRegistrationRoutes,
  ...tollfreeVerificationRoutes,
  ...channelSenderRoutes,
  ...serviceChannelSenderRoutes,
  ...contentRoutes,
  ...approvalRequestRoutes,
  ...eventSinkRoutes,
  ...eventSubscriptionRoutes,
  ...messagingPricingRoutes,
  ...numberPricingRoutes,
  ...consentRoutes,
];
