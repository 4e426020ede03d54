import { piecesOf } from '../mapping.ts';
import { linksOf } from '../../links.ts';
import { at, warning, type TemplateDraft, type TemplateFault } from './fault.ts';

const MOST = 5; // at a time: more would hide the others

/** What varies from person to person or from week to week, and the name of a variable that would hold it. */
const literals: { name: string; what: string; sign: RegExp }[] = [
  { name: 'date', what: 'a date', sign: /\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:,? \d{4})?|\b(?:jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?) \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4})?/giu },
  { name: 'price', what: 'a price', sign: /(?:[$€£¥₹]|\b(?:USD|EUR|GBP|INR|BRL))\s?\d[\d.,]*\d|(?:[$€£¥₹])\s?\d|\b\d[\d.,]*\s?(?:[€£₹]|(?:USD|EUR|GBP|INR|BRL)\b)/gu },
  { name: 'time', what: 'a time', sign: /\b\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]m\b/giu },
  { name: 'discount', what: 'a percentage', sign: /\b\d+(?:[.,]\d+)?\s?%/gu },
  { name: 'number', what: 'a number', sign: /#\s?\d+\b|\b(?=[A-Z\d-]*\d{3})[A-Z\d][A-Z\d-]{4,}\b|\b\d{4,}\b/gu },
  { name: 'firstName', what: 'a name', sign: /(?<=\b(?:Hi|Hello|Hey|Dear|Hola|Olá|Bonjour|Hallo|Ciao) )(?!There\b|Team\b|All\b|Friends?\b|Customers?\b|Everyone\b|Sir\b|Madam\b)\p{Lu}\p{Ll}+(?= ?[,!])/gu },
];

/** P81: all that varies should be a variable, else every change of it is a new template and a new review. */
export function adviceFaults({ content: { body } }: TemplateDraft): TemplateFault[] {
  const taken: { from: number; to: number }[] = [...linksOf(body), ...piecesOf(body).filter(({ expression }) => expression !== null)];
  const found = literals.flatMap(({ name, what, sign }) => [...body.matchAll(sign)].flatMap(({ 0: words, index }) => {
    const place = { from: index, to: index + words.length };
    if (taken.some(({ from, to }) => from < place.to && to > place.from)) return [];
    taken.push(place);
    return [{ name, what, words, ...place }];
  }));
  return found.toSorted((one, other) => one.from - other.from).slice(0, MOST).map(({ name, what, words, from, to }) => warning(
    'literal_value', at('body', from, to), `“${words}” is ${what} written as it is. As a variable it can differ, and the template is not reviewed again when it changes.`,
    { label: `Make it {{${name}}}`, apply: (draft) => variableAt(draft, name, words, from, to) },
  ));
}

/** The words go into the sample. A name that stands for something else already gets a number. */
function variableAt(draft: TemplateDraft, name: string, words: string, from: number, to: number): TemplateDraft {
  const body = draft.content.body;
  let free = name;
  for (let number = 2; draft.variables[free] !== undefined && draft.variables[free]!.sample !== words && name !== 'firstName'; number++) free = `${name}${number}`;
  return {
    ...draft, content: { ...draft.content, body: `${body.slice(0, from)}{{${free}}}${body.slice(to)}` },
    variables: { ...draft.variables, [free]: { fallback: draft.variables[free]?.fallback ?? '', sample: words } },
  };
}
