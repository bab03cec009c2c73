/** `npm run bench:web`: how the web application feels, measured in real Chromium before a real cluster, beside what is promised. */
import { startBrowser } from '../chromium.js';
import { sampleCluster, startSampleCluster } from '../sample-cluster.js';
import { RestClient } from '../sample-wiki.js';
import { createBenchWiki } from './bench-wiki.js';
import { measureFirstLoad } from './first-load.js';
import { table, type Measured } from './measured.js';
import { measureNavigation } from './navigation.js';
import { measureTree } from './tree.js';
import { measureTyping } from './typing.js';

const names = process.argv.slice(2);
const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);

const cluster = process.env['TRIBUTARY_SAMPLE_CLUSTER'] ? undefined : await startSampleCluster();
try {
  const { gateways, administrator, pages } = sampleCluster();
  const [origin] = gateways;
  const { username, password } = administrator;
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const rest = new RestClient(origin, basic);
  const wiki = await createBenchWiki(rest);
  const browser = await startBrowser();
  const measured: Measured[] = [];
  if (isWanted('load')) {
    const path = `/pages/viewpage.action?pageId=${pages.onCall}`;
    measured.push(...(await measureFirstLoad(browser, origin, administrator, path, pages.onCall)));
  }
  if (isWanted('navigation')) measured.push(...(await measureNavigation(browser, origin, administrator, wiki)));
  if (isWanted('typing')) measured.push(...(await measureTyping(browser, origin, administrator, wiki)));
  if (isWanted('tree')) measured.push(...(await measureTree(browser, origin, administrator, rest)));
  await browser.close();
  process.stdout.write(`${table(measured)}\n`);
} finally {
  await cluster?.stop();
}
