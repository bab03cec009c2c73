import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app';
import { applyTheme } from './frame/theme';
import { LanguageProvider } from './messages/language';
import './frame/frame.css';
import './pages/content.css';

applyTheme();
const root = document.getElementById('app');
if (!root) throw new Error('The document has no place for the application');
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </LanguageProvider>
  </StrictMode>,
);
