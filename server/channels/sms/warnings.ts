import type { Draft, Warning, WarningFacts } from '../channel.ts';
import { isShortened, linksOf, type Link } from '../links.ts';
import { namesStop, withOptOutLine } from './opt-out-line.ts';

/** What carriers filter hardest (sex, hate, alcohol, firearms, tobacco), and what US carriers forbid beside it; whole words, plural included. */
const RISKY: Record<string, string[]> = {
  'sex': ['sex', 'sexy', 'porn', 'xxx', 'nude', 'escort', 'adult only'],
  'hate': ['nazi', 'kkk', 'white power'],
  'alcohol': ['alcohol', 'beer', 'wine', 'vodka', 'whiskey', 'whisky', 'liquor', 'tequila', 'happy hour'],
  'firearms': ['gun', 'firearm', 'rifle', 'pistol', 'ammo', 'ammunition'],
  'tobacco': ['tobacco', 'cigarette', 'cigar', 'vape', 'vaping', 'e-cig', 'nicotine'],
  'cannabis': ['cannabis', 'marijuana', 'weed', 'cbd', 'thc', 'hemp', 'kush', 'dispensary'],
  'gambling': ['casino', 'sweepstake', 'betting', 'jackpot'],
  'loans': ['payday loan', 'cash advance', 'debt relief', 'crypto'],
};

/** What a carrier may filter and a reader may take amiss, in the order of their weight. The text is read as written, with its placeholders. */
export function smsWarnings(draft: Draft, facts: WarningFacts): Warning[] {
  const words = draft.content.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ' ');
  if (words.trim() === '') return [];
  const links = linksOf(words);
  return [...shortenedLink(links), ...plainLink(links), ...riskyWords(words), ...noOptOut(draft), ...noBrand(words, facts.brandName), ...shouting(words), ...tooLong(facts.longest)];
}

function shortenedLink(links: Link[]): Warning[] {
  const short = links.find(isShortened);
  if (!short) return [];
  return [{ code: 'link_shortener', title: `${short.host} is a shared link shortener`, detail: 'Carriers filter links of shared shorteners (Twilio error 30007). Write the full address, or use a short domain of your own.' }];
}

function plainLink(links: Link[]): Warning[] {
  const plain = links.find(({ url }) => /^http:/i.test(url));
  if (!plain) return [];
  return [{ code: 'plain_link', title: `The link to ${plain.host} is not encrypted`, detail: 'Phones and carriers distrust http links. Write https:// when the site has it.' }];
}

function riskyWords(text: string): Warning[] {
  const found = Object.entries(RISKY).flatMap(([topic, words]) => words.filter((word) => wordIn(text, word)).map((word) => ({ topic, word })));
  if (found.length === 0) return [];
  const words = [...new Set(found.map(({ word }) => `“${word}”`))].slice(0, 4).join(', ');
  const topics = [...new Set(found.map(({ topic }) => topic))].join(', ');
  return [{ code: 'carrier_filter', title: `Carriers may filter ${words}`, detail: `Texts about ${topics} are filtered or forbidden in many countries. Say it otherwise, or make sure that your registration covers it and that readers are of age.` }];
}

const wordIn = (text: string, word: string) => new RegExp(`(?<![\\p{L}\\p{N}])${word.replaceAll(' ', '\\s+')}(?:s|es)?(?![\\p{L}\\p{N}])`, 'iu').test(text);

function noOptOut(draft: Draft): Warning[] {
  if (namesStop(withOptOutLine(draft.content, draft.optOutLine)) || /opt.?out|unsubscribe/i.test(`${draft.content} ${draft.optOutLine ?? ''}`)) return [];
  return [{ code: 'no_opt_out', title: 'It does not say how to stop', detail: 'Marketing texts must say how to opt out. Switch the opt-out line on, or write “Reply STOP to opt out”.' }];
}

function noBrand(text: string, brandName: string | null): Warning[] {
  const plain = (value: string) => value.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const names = brandName ? [plain(brandName), ...brandName.split(/\s+/).map(plain).filter((word) => word.length > 3)] : [];
  if (names.length === 0 || names.some((name) => name !== '' && plain(text).includes(name))) return [];
  return [{ code: 'no_brand', title: 'It does not say who writes', detail: `Carriers expect the name of the sender in every text, and people trust it more. Begin with “${brandName}:”.` }];
}

/** Codes and names are written in capitals; most of a message is not. */
function shouting(text: string): Warning[] {
  const letters = text.replace(/https?:\/\/\S+/g, '').match(/\p{L}/gu) ?? [];
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase()).length;
  if (letters.length < 20 || capitals / letters.length < 0.7) return [];
  return [{ code: 'all_caps', title: 'Most of it is in capitals', detail: 'Spam filters and readers take it for shouting. Write it in small letters.' }];
}

function tooLong(longest: number | null): Warning[] {
  if (longest === null || longest <= 3) return [];
  return [{ code: 'many_segments', title: `The longest message has ${longest} segments`, detail: 'Each segment is billed, and long texts are filtered more often. Shorten it to three segments or fewer.' }];
}
