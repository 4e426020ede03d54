const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The texts of `<Message>` elements of a TwiML answer, in order; anything that is not TwiML means no reply. */
export function readTwimlMessages(twiml: string): string[] {
  if (!/<Response[\s>]/.test(twiml)) return [];
  const texts = [...twiml.matchAll(/<Message\b[^>]*?(?:\/>|>([\s\S]*?)<\/Message>)/g)].map((match) => {
    const inner = match[1] ?? '';
    return unescapeXml(/<Body\b[^>]*>([\s\S]*?)<\/Body>/.exec(inner)?.[1] ?? inner.replace(/<[^>]+>/g, ''));
  });
  return texts.filter((text) => text.length > 0);
}

function unescapeXml(text: string): string {
  return text.trim().replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return (name && ENTITIES[name]) || whole;
  });
}
