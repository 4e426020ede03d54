/** Words that stand at the edge of a text, in its own language: with them it begins or ends with no variable. */
const fillers: Record<string, { hello: string; thanks: string }> = {
  en: { hello: 'Hello', thanks: 'Thank you.' }, de: { hello: 'Hallo', thanks: 'Vielen Dank.' }, fr: { hello: 'Bonjour', thanks: 'Merci.' }, es: { hello: 'Hola', thanks: 'Gracias.' },
  pt: { hello: 'Olá', thanks: 'Obrigado.' }, it: { hello: 'Ciao', thanks: 'Grazie.' }, nl: { hello: 'Hallo', thanks: 'Bedankt.' }, pl: { hello: 'Cześć', thanks: 'Dziękujemy.' },
  tr: { hello: 'Merhaba', thanks: 'Teşekkürler.' }, id: { hello: 'Halo', thanks: 'Terima kasih.' }, ar: { hello: 'مرحبا', thanks: 'شكرا لك.' }, he: { hello: 'שלום', thanks: 'תודה רבה.' },
  hi: { hello: 'नमस्ते', thanks: 'धन्यवाद।' }, ru: { hello: 'Здравствуйте,', thanks: 'Спасибо.' }, uk: { hello: 'Вітаємо,', thanks: 'Дякуємо.' }, sv: { hello: 'Hej', thanks: 'Tack.' },
  da: { hello: 'Hej', thanks: 'Tak.' }, fi: { hello: 'Hei', thanks: 'Kiitos.' }, ja: { hello: 'こんにちは、', thanks: 'ありがとうございます。' }, zh: { hello: '您好，', thanks: '谢谢。' }, ur: { hello: 'سلام', thanks: 'شکریہ۔' }, fa: { hello: 'سلام', thanks: 'متشکریم.' },
};

export const filler = (language: string): { hello: string; thanks: string } => fillers[language.split('_')[0]!] ?? fillers['en']!;

/** By what the last part of an expression's path names. */
const samples: [RegExp, string][] = [
  [/first.?name|^name$|given/i, 'Ann'], [/last.?name|surname|family/i, 'Smith'], [/full.?name/i, 'Ann Smith'], [/mail/i, 'ann@example.com'], [/phone|mobile/i, '+1 415 555 0132'],
  [/track/i, '1Z999AA10123456784'], [/^(otp|code|pin|passcode)$/i, '482913'], [/coupon|promo|voucher/i, 'SAVE20'], [/date|day|until|expires/i, '22 November'], [/time|hour/i, '10:30'],
  [/price|amount|total|cost|sum|balance/i, '$42.50'], [/discount|percent/i, '20%'], [/city|town/i, 'Berlin'], [/country/i, 'Germany'], [/company|brand|shop|store/i, 'Acme'], [/image|photo|file|picture/i, 'picture.jpg'],
  [/order|number|invoice|^id$/i, '10042'], [/count|quantity|items/i, '3'], [/link|url|path|slug/i, 'order-10042'], [/product|item/i, 'Running shoes'],
];

/** What could stand in a place, judged by the name of the field; a start for the author, who knows better. */
export function sampleFor(expression: string): string {
  const name = expression.split('|')[0]!.trim().split('.').at(-1) ?? '';
  return samples.find(([pattern]) => pattern.test(name))?.[1] ?? 'Sample';
}
