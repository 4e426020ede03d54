import { expressionsIn, eachText, piecesOf, replaceIn } from '#server/channels/whatsapp/mapping.ts';
import { buttonTypesOf } from '#server/channels/whatsapp/rules/buttons.ts';
import type { TemplateDraft } from '#server/channels/whatsapp/rules/fault.ts';
import { partsOf } from '#server/channels/whatsapp/rules/parts.ts';
import { codeOf } from '#server/channels/whatsapp/authentication.ts';
import type { TemplateContent, TemplateType } from '#server/channels/whatsapp/template.ts';

type Moved = { text: string; cursor: number };

/** The field under the cursor changes places with the word or field before or after it; null when there is none. What stands between stays. */
export function moveField(text: string, cursor: number, by: 1 | -1): Moved | null {
  const units = unitsOf(text);
  const at = units.findIndex(({ from, to, isField }) => isField && from <= cursor && cursor <= to);
  const [field, other] = [units[at], units[at + by]];
  if (!field || !other) return null;
  const [first, second] = by === 1 ? [field, other] : [other, field];
  const moved = text.slice(0, first.from) + text.slice(second.from, second.to) + text.slice(first.to, second.from) + text.slice(first.from, first.to) + text.slice(second.to);
  return { text: moved, cursor: by === 1 ? second.to : first.from + (field.to - field.from) };
}

type Unit = { from: number; to: number; isField: boolean };

function unitsOf(text: string): Unit[] {
  return piecesOf(text).flatMap(({ from, to, expression, text: words }): Unit[] => (expression === null
    ? [...words.matchAll(/[\p{L}\p{N}\p{M}'’]+/gu)].map(({ 0: word, index }) => ({ from: from + index, to: from + index + word.length, isField: false }))
    : [{ from, to, isField: true }]));
}

/** The first place of an expression in the body moves. */
export function moveExpression(body: string, expression: string, by: 1 | -1): string | null {
  const piece = piecesOf(body).find((one) => one.expression === expression);
  return piece ? moveField(body, piece.from, by)?.text ?? null : null;
}

/** The line with the cursor changes places with the one above or below. */
export function moveLine(text: string, cursor: number, by: 1 | -1): Moved | null {
  const lines = text.split('\n');
  const at = text.slice(0, cursor).split('\n').length - 1;
  const [line, other] = [lines[at], lines[at + by]];
  if (line === undefined || other === undefined) return null;
  lines[at] = other;
  lines[at + by] = line;
  const column = cursor - (text.lastIndexOf('\n', cursor - 1) + 1);
  return { text: lines.join('\n'), cursor: lines.slice(0, at + by).reduce((sum, before) => sum + before.length + 1, 0) + column };
}

/** Another field in all places of one; its sample and fallback come along, unless the other has its own. */
export function renameExpression(draft: TemplateDraft, from: string, to: string): TemplateDraft {
  const name = to.replace(/[{}\n]/g, '').trim();
  if (name === '' || name === from) return draft;
  const content = eachText(draft.content, (text) => (expressionsIn(text).includes(from) ? replaceIn(text, (expression) => (expression === from ? name : expression)) : text));
  const { [from]: own, ...variables } = draft.variables;
  return { ...draft, content, variables: own && !variables[name] ? { ...variables, [name]: own } : variables };
}

/** Another type keeps what it has room for. The rest is one undo away. */
export function withType(content: TemplateContent, type: TemplateType): TemplateContent {
  const keep = (part: 'header' | 'body' | 'footer' | 'media') => (partsOf[type].includes(part) ? content[part] : '');
  const buttons = content.buttons.filter((button) => buttonTypesOf[type].includes(button.type));
  const code = codeOf(content) ?? expressionsIn(content.body)[0] ?? 'code';
  return {
    ...content, type, header: keep('header'), body: keep('body'), footer: keep('footer'), media: keep('media'),
    buttons: type === 'authentication' ? [{ type: 'copy_code', title: 'Copy code', code: `{{${code}}}` }] : buttons,
  };
}
