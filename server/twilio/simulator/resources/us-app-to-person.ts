import { iso, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import type { Campaign } from '#server/twilio/simulator/model.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { findService } from '#server/twilio/simulator/resources/messaging-service.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/v1/Services/{ServiceSid}/Compliance/Usa2p';

/** 10DLC campaigns of a service, read-only: registering happens in the Console. */
export const usAppToPersonRoutes: ApiRoute[] = [
  { method: 'GET', host: 'messaging.twilio.com', path: LIST, answer: listCampaigns },
  { method: 'GET', host: 'messaging.twilio.com', path: `${LIST}/{Sid}`, answer: fetchCampaign },
];

function listCampaigns(request: ApiRequest): Reply {
  const service = findService(request);
  const campaigns = request.account.campaigns.filter((one) => one.serviceSid === service.sid);
  const page = pageOf(request, campaigns, (one) => one.sid);
  return { status: 200, body: metaEnvelope(request, 'compliance', page, (one) => showCampaign(request, one)) };
}

function fetchCampaign(request: ApiRequest): Reply {
  const service = findService(request);
  const campaign = request.account.campaigns.find((one) => one.sid === request.params.Sid && one.serviceSid === service.sid);
  if (!campaign) throw notFound(request.path);
  return { status: 200, body: showCampaign(request, campaign) };
}

function showCampaign(request: ApiRequest, campaign: Campaign) {
  const isVerified = campaign.status === 'VERIFIED';
  const failure = { error_code: 30882, fields: ['MESSAGE_FLOW'], description: 'The message flow does not show how people opt in.' };
  return {
    sid: campaign.sid,
    account_sid: request.account.sid,
    brand_registration_sid: campaign.brandSid,
    messaging_service_sid: campaign.serviceSid,
    description: 'News and offers for customers who asked for them.',
    message_samples: ['Hailer: our spring sale starts today. Reply STOP to opt out.', 'Hailer: your order is on its way. Reply STOP to opt out.'],
    us_app_to_person_usecase: campaign.usecase,
    has_embedded_links: true,
    has_embedded_phone: false,
    subscriber_opt_in: true,
    age_gated: false,
    direct_lending: false,
    campaign_status: campaign.status,
    campaign_id: isVerified ? campaign.campaignId : null,
    is_externally_registered: false,
    rate_limits: isVerified ? { att: { mps: 600, msg_class: 'A' }, tmobile: { brand_tier: 'TOP' } } : null,
    message_flow: 'Customers opt in on our website by entering their number and ticking a box that is not ticked beforehand.',
    opt_in_message: 'You are now opted in. For help, reply HELP. To opt out, reply STOP.',
    opt_out_message:
      'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
    help_message: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
    opt_in_keywords: ['START'],
    opt_out_keywords: ['STOP'],
    help_keywords: ['HELP'],
    date_created: iso(campaign.createdAt),
    date_updated: iso(campaign.createdAt),
    url: `${request.origin}/v1/Services/${campaign.serviceSid}/Compliance/Usa2p/${campaign.sid}`,
    mock: false,
    errors: campaign.status === 'FAILED' ? [{ ...failure, url: `https://www.twilio.com/docs/api/errors/${failure.error_code}` }] : [],
  };
}
