import Link from 'next/link';
import type { ReactNode } from 'react';
import { Chat } from './chat';

export const metadata = { title: 'Next', icons: 'data:,' };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">Home</Link>
          <Link href="/orders">Orders</Link>
        </nav>
        {children}
        <Chat />
      </body>
    </html>
  );
}
