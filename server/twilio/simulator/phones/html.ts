/** A piece of finished HTML; everything else that goes into a template is text and gets escaped. */
export type Html = { markup: string };

type Part = Html | string | number | null | false | Part[];

/** Template tag: texts are escaped, other pieces of HTML go in as they are, null and false are nothing, lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0] ?? '';
  parts.forEach((part, i) => {
    markup += show(part) + (strings[i + 1] ?? '');
  });
  return { markup };
}

function show(part: Part): string {
  if (part === null || part === false) return '';
  if (Array.isArray(part)) return part.map(show).join('');
  if (typeof part === 'object') return part.markup;
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
