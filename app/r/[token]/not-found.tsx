import { MessagePage } from '#components/layout/message-page.tsx';

export default function LinkNotFound() {
  return <MessagePage title="This link shows nothing">It has expired, was revoked, or is not complete. Ask the person who gave it to you for another one.</MessagePage>;
}
