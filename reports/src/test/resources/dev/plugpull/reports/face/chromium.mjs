// Opens a file in headless Chromium over the DevTools pipe, without a network, and notes requests and errors.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export async function open(file, width, scheme) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'browse-'));
  const browser = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars',
    '--user-data-dir=' + profile, '--remote-debugging-pipe', '--host-resolver-rules=MAP * ~NOTFOUND', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const requests = [], errors = [], pending = new Map();
  let id = 0, buffer = '', sessionId, loaded;
  const whenLoaded = new Promise(resolve => { loaded = resolve; });

  function receive(message) {
    if (message.id) return pending.get(message.id)?.(message.result ?? message);
    const { method, params } = message;
    if (method === 'Network.requestWillBeSent') requests.push(params.request.url);
    if (method === 'Runtime.exceptionThrown') errors.push(params.exceptionDetails.text);
    if (method === 'Runtime.consoleAPICalled' && params.type === 'error') errors.push('console.error');
    if (method === 'Log.entryAdded' && params.entry.level === 'error') errors.push(params.entry.text);
    if (method === 'Page.javascriptDialogOpening') errors.push('dialog: ' + params.message);
    if (method === 'Page.loadEventFired') loaded();
  }
  browser.stdio[4].on('data', data => {
    buffer += data;
    for (let end; (end = buffer.indexOf('\0')) >= 0;) {
      const text = buffer.slice(0, end);
      buffer = buffer.slice(end + 1);
      receive(JSON.parse(text));
    }
  });
  const send = (method, params = {}) => new Promise(resolve => {
    pending.set(++id, resolve);
    browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
  });
  const evaluate = async expression =>
    (await send('Runtime.evaluate', { expression, returnByValue: true })).result?.value;

  async function close() {
    sessionId = undefined;
    const gone = new Promise(resolve => browser.once('exit', resolve));
    send('Browser.close');
    await gone;
    // Children of the browser may still be writing their last into the profile.
    for (let tries = 0; tries < 20 && fs.existsSync(profile); tries++) {
      try {
        fs.rmSync(profile, { recursive: true, force: true });
      } catch {
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
  }

  const target = (await send('Target.getTargets')).targetInfos.find(info => info.type === 'page');
  sessionId = (await send('Target.attachToTarget', { targetId: target.targetId, flatten: true })).sessionId;
  for (const domain of ['Network', 'Runtime', 'Page', 'Log']) await send(domain + '.enable');
  await send('Emulation.setDeviceMetricsOverride',
    { width: +width, height: 900, deviceScaleFactor: 1, mobile: +width < 600 });
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  await send('Page.navigate', { url: pathToFileURL(file).href });
  await whenLoaded;
  return { send, evaluate, requests, errors, close };
}
