import { A, Route, Router } from '@solidjs/router';
import type { ParentProps } from 'solid-js';
import { render } from 'solid-js/web';
import { Chat } from './chat';

const Layout = (props: ParentProps) => (
  <>
    <nav>
      <A href="/">Home</A>
      <A href="/orders">Orders</A>
    </nav>
    {props.children}
    <Chat />
  </>
);

render(
  () => (
    <Router root={Layout}>
      <Route path="/" component={() => <h1>Home</h1>} />
      <Route path="/orders" component={() => <h1>Orders</h1>} />
    </Router>
  ),
  document.getElementById('app')!,
);
