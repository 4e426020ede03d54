import { emptyContent, type TemplateCategory, type TemplateContent, type TemplateVariables } from '#server/channels/whatsapp/template.ts';

export type TemplateExample = { key: string; label: string; name: string; category: TemplateCategory; content: TemplateContent; variables: TemplateVariables };

const text = (body: string): TemplateContent => ({ ...emptyContent('text'), body });

/** Texts as Meta approves them, to begin with. */
export const templateExamples: TemplateExample[] = [
  {
    key: 'order', label: 'Order update', name: 'order_shipped', category: 'utility',
    content: text('Hi {{firstName}}, your order {{order.number}} has left our warehouse. You can follow it with the number {{order.trackingNumber}} on the page of the carrier.'),
    variables: { firstName: { sample: 'Ann', fallback: 'there' }, 'order.number': { sample: '4711', fallback: '' }, 'order.trackingNumber': { sample: 'JD014600003SE', fallback: '' } },
  },
  {
    key: 'appointment', label: 'Appointment', name: 'appointment_reminder', category: 'utility',
    content: { ...emptyContent('quick_reply'), body: 'Hello {{firstName}}, this is a reminder of your appointment on {{appointment.day}} at {{appointment.time}} in our practice. Please tell us if you cannot come.', buttons: [{ type: 'quick_reply', title: 'I will come' }, { type: 'quick_reply', title: 'I cannot come' }] },
    variables: { firstName: { sample: 'Ann', fallback: 'there' }, 'appointment.day': { sample: 'Tuesday, March 3', fallback: '' }, 'appointment.time': { sample: '10:30', fallback: '' } },
  },
  {
    key: 'code', label: 'One-time code', name: 'sign_in_code', category: 'authentication',
    content: { ...emptyContent('authentication'), buttons: [{ type: 'copy_code', title: 'Copy code', code: '{{otp.code}}' }] }, variables: { 'otp.code': { sample: '123456', fallback: '' } },
  },
  {
    key: 'offer', label: 'Offer', name: 'seasonal_offer', category: 'marketing',
    content: text('Hi {{firstName}}, our {{offer.name}} has begun: you get {{offer.discount}} on everything until {{offer.lastDay}}. We look forward to seeing you in the shop. Reply STOP to get no more offers.'),
    variables: { firstName: { sample: 'Ann', fallback: 'there' }, 'offer.name': { sample: 'spring sale', fallback: '' }, 'offer.discount': { sample: '20 % off', fallback: '' }, 'offer.lastDay': { sample: 'March 31', fallback: '' } },
  },
];
