const MESSAGES = '(?:texts?|texting|messages?|messaging|msgs?|sms|e?mails?|whats ?apps?|spam|ads?|promos?|promotions?|notifications?|updates?|offers?)';
const NO = '(?:do not|dont|don t|never|no longer|stop|quit|cease)';

/** Wording beyond the keywords, of whole messages in lower case without marks. */
const wordings = [
  /\b(?:unsubscribe|unsub|opt(?:ing|ed)? ?out|opt me out)\b/,
  /\b(?:take|remove|delete|drop|strike|get) (?:me|my (?:phone )?(?:number|name|contact|info|details)|this number|us) (?:off|from|out)\b/,
  /\b(?:take|remove|delete) (?:me|my (?:phone )?number)(?: please| pls| now)?$/,
  new RegExp(`\\b${NO} (?:ever )?(?:text|texting|message|messaging|msg|contact|contacting|write|writing|spam|spamming|bother|bothering|whatsapp)(?: to)? (?:me|us|this number|my (?:phone|number))\\b`),
  new RegExp(`\\b${NO} (?:ever )?(?:send|sending|want|like|wish)(?: to (?:get|receive|hear))?(?: me| us)?(?: from (?:you|u))?(?: any| these| those| this| more| your| such| further| the| stupid)* (?:${MESSAGES.slice(3, -1)}|anything|stuff)\\b`),
  new RegExp(`\\b(?:stop|quit|no more|end|cancel)(?: all| the| these| those| your| with the| sending)* ${MESSAGES}\\b`),
  /\b(?:stop|quit) (?:texting|messaging|contacting|spamming|bothering|harassing|writing)\b/,
  /\bleave me alone\b/, /\blose my number\b/, /\b(?:want|wish|like) (?:to be )?(?:off|out of|removed from|to leave) (?:your|this|the|ur) (?:mailing |text )?list\b/,
  /^(?:(?:please|pls|plz|just|ok|no|now) )*s(?:t+o+p+|tpo|otp)(?: (?:please|pls|plz|it|now|this|that|already|stop|thanks|thank you))*$/,
  /^(?:no (?:thanks|thank you|thx) )?(?:i am |im |i m )?not interested(?: anymore| any more| thanks| thank you| sorry)*$/,
  // Spanish, French, German, Portuguese
  /\bno (?:me|nos) (?:escrib\w+|env[ií]\w+|mand\w+|contact\w+|molest\w+)\b/, /\b(?:darme|dame|denme|dar) de baja\b/, /^baja$/, /\b(?:qu[ií]t\w*me|b[oó]rr\w*me|elim[ií]n\w*me)\b/,
  /\bd[ée]s(?:abonn|inscri)\w*/, /\bne m.? ?(?:[ée]cri|envoy|contact|d[ée]rang)\w* plus\b/, /^arr[êe]te[zr]?$/,
  /\b(?:abmelden|abbestellen|austragen)\b/, /\bkeine? (?:weiteren? |mehr )?(?:nachrichten|sms|werbung|infos)(?: mehr)?\b/, /\bschreib\w* (?:sie )?mir nicht\b/,
  /\bn[ãa]o (?:me )?(?:envi|mand|escrev|contact)\w*\b.*\bmais\b/, /\bdescadastr\w*/, /\b(?:sair|remov\w*) (?:me )?da (?:sua )?lista\b/,
];
/** Who says that they do not want to leave. */
const denial = /\b(?:do not|dont|don t|not|never) (?:want|wish|mean|need|like|going|trying)?(?: to)? ?(?:unsubscribe|opt out|be removed)\b/;
const MOST = 500; // characters; who writes more has more to say than this

/** Whether a message reads like a wish to get nothing more, in other words than the keywords: a hint for a person to decide, never an opt-out by itself. */
export function soundsLikeOptOut(body: string): boolean {
  if (body.length > MOST) return false;
  const words = body.toLowerCase().replace(/['’`´]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return !denial.test(words) && wordings.some((wording) => wording.test(words));
}
