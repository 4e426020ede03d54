/** Names one act, so that a second try of it is not a second act. 128 random bits; randomUUID exists on https pages only, and a self-hosted first try is often http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
