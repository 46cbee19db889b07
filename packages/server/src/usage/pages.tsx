export { usagePages } from './pages/usage-pages.tsx';
