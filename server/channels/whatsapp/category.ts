import { fillIn } from './mapping.ts';
import type { TemplateCategory, TemplateContent } from './template.ts';

/** Words by which Meta knows the kind of a message, in the languages of most templates; the first that is found is told to the author. */
const signs: [TemplateCategory, RegExp][] = [
  ['authentication', /\b(?:verification|security|one[- ]?time|login|log[- ]?in|sign[- ]?in|access|confirmation) (?:code|pass(?:code|word)|pin)\b|\botp\b|\b(?:is|as) your (?:\w+ )?(?:code|pin|otp)\b|c[óo]digo de (?:verificaci[óo]n|verifica[çc][ãa]o|seguridad|seguran[çc]a)|code de (?:v[ée]rification|s[ée]curit[ée])|(?:best[äa]tigungs|sicherheits|verifizierungs)code|codice di (?:verifica|sicurezza)/iu],
  ['marketing', /\d+(?:[.,]\d+)?\s?(?:%|percent|per cent)\s?(?:off|discount|rabatt|de descuento|de desconto|de r[ée]duction|di sconto|korting|cheaper|cash ?back)|(?:save|spare|ahorra|économisez)\s+(?:up to\s+)?(?:[$€£]\s?\d+|\d+\s?%)/iu],
  ['marketing', /\b(?:discounts?|coupons?|vouchers?|promo(?:tion|code)?s?|sale|deals?|(?:special|exclusive|limited) offers?|shop now|buy now|order now|limited[- ]time|don['’]t miss|free (?:shipping|gift|trial)|black friday|cyber monday|new (?:arrivals?|collection)|giveaway|buy one|clearance|last chance|loyalty points|upgrade now)\b/iu],
  ['marketing', /\b(?:descuentos?|ofertas?|rebajas?|descontos?|promo[çc](?:[ãa]o|[õo]es)|remises?|soldes|offres? sp[ée]ciales?|rabatte?|angebote?|gutscheine?|sconti?|saldi|offerta)\b/iu],
  ['utility', /\b(?:your (?:order|package|parcel|delivery|booking|reservation|appointment|payment|invoice|bill|account|ticket|refund|subscription|request|flight|claim)|shipped|on its way|out for delivery|tracking|appointment|receipt|invoice|payment (?:received|due|failed)|is confirmed|has been (?:confirmed|received|cancelled|updated)|reminder)\b/iu],
  ['utility', /\b(?:tu pedido|su pedido|seu pedido|votre commande|(?:deine|ihre) bestellung|(?:tu|su) cita|ihr termin|votre rendez-vous|rechnung|factura|fatura|facture)\b/iu],
];

/** The category that Meta would give a text, by the words in it; null when nothing tells. A code outweighs an offer, an offer outweighs news of an order. */
export function guessCategory(content: TemplateContent): { category: TemplateCategory; because: string } | null {
  if (content.type === 'authentication') return { category: 'authentication', because: 'it is a one-time code' };
  const text = [content.header, content.body, content.footer, ...content.buttons.map(({ title }) => title)].map((part) => fillIn(part, () => '…')).join('\n');
  for (const [category, sign] of signs) {
    const found = sign.exec(text)?.[0];
    if (found) return { category, because: `it says “${found}”` };
  }
  return content.buttons.some(({ type }) => type === 'copy_code') ? { category: 'marketing', because: 'it has a code to copy, which is an offer' } : null;
}
