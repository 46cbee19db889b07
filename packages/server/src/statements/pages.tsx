export { verifyPages } from './pages/verify-page.tsx';
