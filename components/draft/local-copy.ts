/** What was typed and not yet saved, kept by the browser until the server has it. */
export type LocalCopy<Fields> = { fields: Partial<Fields>; at: string };

const keyOf = (id: string) => `hailer:unsaved:${id}`;

/** The copy that a crash or a closed window left behind, or null. */
export function readLocalCopy<Fields>(id: string): LocalCopy<Fields> | null {
  try {
    const text = localStorage.getItem(keyOf(id));
    if (!text) return null;
    const copy = JSON.parse(text) as LocalCopy<Fields>; // Written by writeLocalCopy of this or an older version; the fields are checked by the server when they are saved.
    return typeof copy.fields === 'object' && typeof copy.at === 'string' ? copy : null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing, or has no room, keeps nothing: then the text lives in the window only. */
export function writeLocalCopy<Fields>(id: string, fields: Partial<Fields>, at: Date): void {
  try { localStorage.setItem(keyOf(id), JSON.stringify({ fields, at: at.toISOString() })); } catch { /* as said */ }
}

export function dropLocalCopy(id: string): void {
  try { localStorage.removeItem(keyOf(id)); } catch { /* nothing was kept */ }
}
