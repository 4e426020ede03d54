const SHORTENERS = ['bit.ly', 'tinyurl.com', 'goo.gl', 't.co', 'ow.ly', 'is.gd', 'buff.ly', 'rebrand.ly', 'cutt.ly', 'shorturl.at', 'rb.gy', 'tiny.cc', 'bl.ink', 'lnkd.in', 't.ly', 's.id'];

export type Link = { url: string; host: string; from: number; to: number };

/** Links with their host in lower case; a host without a scheme counts, because phones make a link of it. */
export function linksOf(text: string): Link[] {
  return [...text.matchAll(/https?:\/\/[^\s]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}\/[^\s]*/gi)].map(({ 0: url, index }) => ({ url, host: hostOf(url), from: index, to: index + url.length }));
}

const hostOf = (url: string) => url.replace(/^https?:\/\//i, '').split(/[/?#:]/)[0]!.toLowerCase().replace(/^www\./, '');

export const isShortened = ({ host }: Pick<Link, 'host'>): boolean => SHORTENERS.includes(host);
