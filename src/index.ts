export * from './element/public.js';
