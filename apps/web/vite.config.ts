import { lingui } from '@lingui/vite-plugin';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** Where `pnpm --filter @tributary/web dev` finds a running gateway. */
const gateway = process.env['TRIBUTARY_URL'] ?? 'http://127.0.0.1:8090';
const gatewayPaths = ['/rest', '/download', '/dologin.action', '/logout.action', '/status', '/images'];

export default defineConfig({
  plugins: [
    react(),
    lingui({ failOnMissing: true, failOnCompileError: true }),
    // The texts of React Aria in the languages of the application.
    optimizeLocales.vite({ locales: ['en-US', 'ja-JP'] }),
    compression({ algorithms: ['gzip', 'brotliCompress'] }),
  ],
  build: {
    sourcemap: false,
    assetsInlineLimit: 0,
    // The first that have `light-dark()` and relative colours: what would stand in for them can't change inside a page.
    cssTarget: ['chrome125', 'edge125', 'firefox128', 'safari18'],
  },
  server: { proxy: Object.fromEntries(gatewayPaths.map((path) => [path, gateway])) },
});
