import { iso, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import type { Brand } from '#server/twilio/simulator/model.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { fixedSid } from '#server/twilio/simulator/sid.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/v1/a2p/BrandRegistrations';

/** 10DLC brands, read-only. */
export const brandRegistrationRoutes: ApiRoute[] = [
  { method: 'GET', host: 'messaging.twilio.com', path: LIST, answer: listBrands },
  { method: 'GET', host: 'messaging.twilio.com', path: `${LIST}/{Sid}`, answer: fetchBrand },
];

function listBrands(request: ApiRequest): Reply {
  const page = pageOf(request, request.account.brands, (brand) => brand.sid);
  return { status: 200, body: metaEnvelope(request, 'data', page, (brand) => showBrand(request, brand)) };
}

function fetchBrand(request: ApiRequest): Reply {
  const brand = request.account.brands.find((one) => one.sid === request.params.Sid);
  if (!brand) throw notFound(request.path);
  return { status: 200, body: showBrand(request, brand) };
}

function showBrand(request: ApiRequest, brand: Brand) {
  const url = `${request.origin}${LIST}/${brand.sid}`;
  const isApproved = brand.status === 'APPROVED';
  const failure = { error_code: 30796, description: 'The tax number does not match the legal name.', fields: ['ein'] };
  return {
    sid: brand.sid,
    account_sid: request.account.sid,
    customer_profile_bundle_sid: fixedSid('BU', `${brand.sid} customer`),
    a2p_profile_bundle_sid: fixedSid('BU', `${brand.sid} a2p`),
    date_created: iso(brand.createdAt),
    date_updated: iso(brand.createdAt),
    brand_type: brand.brandType,
    status: brand.status,
    tcr_id: isApproved ? `B${brand.sid.slice(-6).toUpperCase()}` : null,
    failure_reason: brand.status === 'FAILED' ? failure.description : null,
    errors: brand.status === 'FAILED' ? [{ ...failure, url: `https://www.twilio.com/docs/api/errors/${failure.error_code}` }] : [],
    url,
    brand_score: isApproved ? brand.score : null,
    brand_feedback: null,
    identity_status: isApproved ? 'VERIFIED' : 'UNVERIFIED',
    russell_3000: false,
    government_entity: false,
    tax_exempt_status: null,
    skip_automatic_sec_vet: brand.score === null,
    mock: false,
    links: { brand_vettings: `${url}/Vettings`, brand_registration_otps: `${url}/SmsOtp` },
  };
}
