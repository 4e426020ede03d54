import {
  BarChart3, Code2, House, Inbox, Megaphone, MessageSquareReply, Phone, Plus, Settings, Users, type LucideIcon,
} from 'lucide-react';

export type NavPage = {
  label: string;
  href: string;
  /** Second key after `g`. */
  key?: string;
  /** Further words under which the palette finds it. */
  keywords?: string;
};

export type NavSection = NavPage & {
  icon: LucideIcon;
  pages?: readonly NavPage[];
  /** In the bar at the bottom of a phone, with this label. */
  mobileLabel?: string;
  /** A figure beside the label: messages that nobody has read. */
  figure?: 'unread';
  /** Below the line: for those who set the place up rather than work in it. */
  isLower?: boolean;
};

/** Everything the rail, the phone's bar, the palette and the `g` keys know. A new page is one line here. */
export const navigation: readonly NavSection[] = [
  { label: 'Home', href: '/', icon: House, key: 'h', keywords: 'start overview dashboard' },
  {
    label: 'Broadcasts',
    href: '/broadcasts',
    icon: Megaphone,
    key: 'b',
    mobileLabel: 'Broadcasts',
    keywords: 'campaign send sms whatsapp',
    pages: [
      { label: 'All broadcasts', href: '/broadcasts' },
      { label: 'Calendar', href: '/broadcasts/calendar', key: 'k', keywords: 'schedule month days' },
      { label: 'Templates', href: '/templates', key: 't', keywords: 'whatsapp meta approval content' },
    ],
  },
  { label: 'Inbox', href: '/inbox', icon: Inbox, key: 'i', mobileLabel: 'Inbox', figure: 'unread', keywords: 'replies conversations messages chat answer' },
  { label: 'Automations', href: '/automations', icon: MessageSquareReply, key: 'a', keywords: 'keyword rules autoresponder join words' },
  {
    label: 'Contacts',
    href: '/contacts',
    icon: Users,
    key: 'c',
    mobileLabel: 'Contacts',
    keywords: 'people audience',
    pages: [
      { label: 'People', href: '/contacts' },
      { label: 'Lists', href: '/lists', key: 'l', keywords: 'audience' },
      { label: 'Saved filters', href: '/filters', key: 'f', keywords: 'audience segment conditions' },
      { label: 'Imports', href: '/contacts/import', keywords: 'csv upload' },
      { label: 'Opt-outs', href: '/opt-outs', key: 'o', keywords: 'stop unsubscribe consent ledger suppression 21610' },
    ],
  },
  {
    label: 'Reports',
    href: '/deliveries',
    icon: BarChart3,
    key: 'd',
    pages: [
      { label: 'Delivery log', href: '/deliveries', keywords: 'messages sid status failed' },
      { label: 'Spend', href: '/spend', key: 'p', keywords: 'cost price usage ledger money' },
    ],
  },
  {
    label: 'Senders',
    href: '/senders',
    icon: Phone,
    key: 'n',
    isLower: true,
    keywords: 'numbers buy release toll-free 10dlc whatsapp webhook',
    pages: [
      { label: 'All senders', href: '/senders' },
      { label: 'Add a number', href: '/senders/new', keywords: 'buy import search' },
    ],
  },
  { label: 'Developers', href: '/developers', icon: Code2, isLower: true, keywords: 'api docs keys webhooks openapi' },
  {
    label: 'Settings',
    href: '/settings/twilio',
    icon: Settings,
    key: 's',
    isLower: true,
    pages: [
      { label: 'Twilio', href: '/settings/twilio', keywords: 'connection account sid credentials' },
      { label: 'Sending rules', href: '/settings/sending', keywords: 'quiet hours frequency cap approval opt-out line night' },
      { label: 'Devices', href: '/settings/devices', keywords: 'notifications push browser phone quiet' },
      { label: 'Agreement', href: '/settings/agreement', keywords: 'terms bulk sms' },
      { label: 'Organisation', href: '/settings/organization', keywords: 'team members name organization' },
    ],
  },
];

/** What the big button makes. */
export const createActions: readonly (NavPage & { icon: LucideIcon })[] = [
  { label: 'New broadcast', href: '/broadcasts/new', icon: Plus, keywords: 'create send message campaign sms text' },
  { label: 'New WhatsApp broadcast', href: '/broadcasts/new?channel=whatsapp', icon: Plus, keywords: 'create send message campaign template' },
];

/** The page whose address is the longest beginning of `pathname`; `/` only matches itself. */
export function findCurrent(pathname: string): { section?: NavSection; page?: NavPage } {
  let best: { section?: NavSection; page?: NavPage; length: number } = { length: 0 };
  for (const section of navigation) {
    for (const page of [section, ...(section.pages ?? [])]) {
      const isBetter = page.href.length > best.length || (page.href.length === best.length && best.page === section);
      if (isBetter && isWithin(pathname, page.href)) best = { section, page, length: page.href.length };
    }
  }
  return best;
}

function isWithin(pathname: string, href: string): boolean {
  return pathname === href || (href !== '/' && pathname.startsWith(`${href}/`));
}
