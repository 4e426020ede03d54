import type { TemplatePlace } from '#server/channels/whatsapp/rules/fault.ts';

/** Ids of the controls of the editor, so that a fault, an error summary and a label name the same one. */
export const partId = (part: 'header' | 'body' | 'footer' | 'media') => `template-${part}`;
export const buttonId = (index: number, field: NonNullable<TemplatePlace['field']>) => `button-${index}-${field}`;
export const sampleId = (index: number) => `sample-${index}`;

/** The control that a place is about. */
export function controlOf({ part, index, field }: TemplatePlace): string {
  switch (part) {
    case 'name': return 'template-name';
    case 'category': return 'template-category';
    case 'variable': return sampleId(index ?? 0);
    case 'button': return index === null ? 'template-buttons' : buttonId(index, field ?? 'title');
    default: return partId(part);
  }
}

/** Puts the cursor where a fault is, with its characters selected. */
export function selectPlace(place: TemplatePlace): void {
  const control = document.getElementById(controlOf(place));
  if (!control) return;
  control.focus();
  if (place.from !== null && place.to !== null && (control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement)) control.setSelectionRange(place.from, place.to);
  control.scrollIntoView({ block: 'center' });
}
