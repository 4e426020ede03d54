/** The two requests of the product's source document, as they stand there (P13, P62). Tests compare them byte for byte. */
export const smsExample = {
  broadcastName: 'March promo',
  channel: 'sms',
  type: 'sms',
  content: '{{firstName}}, 20% off this weekend with code MAR20: https://acme.app/m',
  senderPhone: '+14155551234',
  recipientMethod: 'lists',
  selectedLists: ['sms-promotions'],
};

export const whatsappExample = {
  broadcastName: 'Order shipped notification',
  channel: 'whatsapp',
  type: 'whatsapp',
  templateSid: 'HXabcdef...',
  templateVariables: { 1: '{{contact.firstName}}', 2: '{{order.trackingNumber}}' },
  senderPhone: 'whatsapp:+14155551234',
  recipientMethod: 'lists',
  selectedLists: ['customers-with-recent-orders'],
};
