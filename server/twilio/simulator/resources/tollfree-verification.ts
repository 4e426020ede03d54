import { iso, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import type { TollfreeVerification } from '#server/twilio/simulator/model.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { fixedSid } from '#server/twilio/simulator/sid.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/v1/Tollfree/Verifications';

/** Toll-free verifications, read-only. */
export const tollfreeVerificationRoutes: ApiRoute[] = [
  { method: 'GET', host: 'messaging.twilio.com', path: LIST, answer: listVerifications },
  { method: 'GET', host: 'messaging.twilio.com', path: `${LIST}/{Sid}`, answer: fetchVerification },
];

function listVerifications(request: ApiRequest): Reply {
  const { query, account } = request;
  const numberSid = query.get('TollfreePhoneNumberSid');
  const status = query.get('Status');
  const found = account.tollfreeVerifications.filter((one) => (!numberSid || one.numberSid === numberSid) && (!status || one.status === status));
  const page = pageOf(request, found, (one) => one.sid);
  return { status: 200, body: metaEnvelope(request, 'verifications', page, (one) => showVerification(request, one)) };
}

function fetchVerification(request: ApiRequest): Reply {
  const verification = request.account.tollfreeVerifications.find((one) => one.sid === request.params.Sid);
  if (!verification) throw notFound(request.path);
  return { status: 200, body: showVerification(request, verification) };
}

function showVerification(request: ApiRequest, verification: TollfreeVerification) {
  const isRejected = verification.status === 'TWILIO_REJECTED';
  const reason = 'The opt-in picture does not show how people agree.';
  return {
    sid: verification.sid,
    account_sid: request.account.sid,
    customer_profile_sid: fixedSid('BU', `${verification.sid} customer`),
    trust_product_sid: fixedSid('BU', `${verification.sid} trust`),
    regulated_item_sid: fixedSid('RA', verification.sid),
    date_created: iso(verification.createdAt),
    date_updated: iso(verification.createdAt),
    ...business(),
    tollfree_phone_number_sid: verification.numberSid,
    tollfree_phone_number: verification.phoneNumber,
    status: verification.status,
    url: `${request.origin}${LIST}/${verification.sid}`,
    rejection_reason: isRejected ? reason : null,
    rejection_reasons: isRejected ? [{ reason, code: 30446 }] : null,
    error_code: isRejected ? 30446 : null,
    edit_allowed: isRejected ? true : null,
    edit_expiration: isRejected ? iso(verification.createdAt + 7 * 86_400_000) : null,
    resource_links: {},
    external_reference_id: null,
  };
}

function business() {
  return {
    business_name: 'Example Shop, Inc.',
    business_street_address: '1 Example Street',
    business_street_address2: null,
    business_city: 'San Francisco',
    business_state_province_region: 'CA',
    business_postal_code: '94102',
    business_country: 'US',
    business_website: 'https://shop.example',
    business_contact_first_name: 'Sam',
    business_contact_last_name: 'Shop',
    business_contact_email: 'sam@shop.example',
    business_contact_phone: '+14155550100',
    business_registration_number: '123456789',
    business_registration_authority: 'EIN',
    business_registration_country: 'US',
    business_type: 'PRIVATE_PROFIT',
    business_registration_phone_number: '+14155550100',
    doing_business_as: 'Example Shop',
    notification_email: 'sam@shop.example',
    use_case_categories: ['MARKETING'],
    use_case_summary: 'News and offers for customers who asked for them.',
    production_message_sample: 'Example Shop: our sale starts today. Reply STOP to opt out.',
    opt_in_image_urls: ['https://shop.example/opt-in.png'],
    opt_in_type: 'WEB_FORM',
    opt_in_confirmation_message: 'Thank you for opting in!',
    opt_in_keywords: ['START'],
    help_message_sample: 'For help, reply HELP.',
    message_volume: '10,000',
    additional_information: null,
    privacy_policy_url: 'https://shop.example/privacy',
    terms_and_conditions_url: 'https://shop.example/terms',
    age_gated_content: false,
    vetting_provider: null,
    vetting_id: null,
    vetting_id_expiration: null,
  };
}
