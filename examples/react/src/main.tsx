import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Link, Route, Routes } from 'react-router';
import { Chat } from './chat';

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <BrowserRouter>
      <nav>
        <Link to="/">Home</Link>
        <Link to="/orders">Orders</Link>
      </nav>
      <Routes>
        <Route path="/" element={<h1>Home</h1>} />
        <Route path="/orders" element={<h1>Orders</h1>} />
      </Routes>
      <Chat />
    </BrowserRouter>
  </StrictMode>,
);
