export { stopTestServers as default } from './jest-setup.mjs';
