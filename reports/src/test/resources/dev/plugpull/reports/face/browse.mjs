// node browse.mjs FILE WIDTH light|dark [OUT.png]: opens a report in headless Chromium over the DevTools pipe, presses
// a cell of the crash map, and prints what happened as JSON.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [file, width, scheme, out] = process.argv.slice(2);
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
const picture = async (name, full) => {
  if (out) {
    const shot = await send('Page.captureScreenshot', { captureBeyondViewport: full });
    fs.writeFileSync(out.replace('.png', name + '.png'), Buffer.from(shot.data, 'base64'));
  }
};

const target = (await send('Target.getTargets')).targetInfos.find(info => info.type === 'page');
sessionId = (await send('Target.attachToTarget', { targetId: target.targetId, flatten: true })).sessionId;
for (const domain of ['Network', 'Runtime', 'Page', 'Log']) await send(domain + '.enable');
await send('Emulation.setDeviceMetricsOverride',
  { width: +width, height: 900, deviceScaleFactor: 1, mobile: +width < 600 });
await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
await send('Page.navigate', { url: pathToFileURL(file).href });
await whenLoaded;
await picture('-top', false);
const result = await evaluate(`(() => {
  const root = document.documentElement;
  const all = [...document.querySelectorAll('details')];
  const was = all.map(d => d.open);
  all.forEach(d => { d.open = true; });
  const overflow = root.scrollWidth - root.clientWidth;
  // What is cut off at the edge of its own scrolling box: allowed for the crash map and scripts only.
  const clipped = [...document.querySelectorAll('.scroll')].filter(s => s.querySelector('.stack,.figures'))
    .map(s => s.scrollWidth - s.clientWidth).reduce((a, b) => Math.max(a, b), 0);
  all.forEach((d, i) => { d.open = was[i]; });
  const cell = document.querySelector('.crash button:not([data-ce=""])');
  const example = cell && document.getElementById('ce-' + cell.dataset.ce);
  if (example) { example.open = false; cell.focus(); }
  return { overflow, clipped, background: getComputedStyle(document.body).backgroundColor,
    text: document.body.innerText.length, cell: !!cell, openBefore: !!example && example.open };
})()`);
if (result.cell) {
  // A key press, not a click: the map must work without a mouse.
  for (const type of ['keyDown', 'keyUp']) {
    await send('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' });
  }
  result.after = await evaluate(`(() => {
    const focus = document.activeElement, example = focus.closest('details.example');
    return { open: !!example && example.open, steps: example ? example.querySelectorAll('.timeline>li').length : 0,
      said: document.querySelector('.map .said').textContent,
      visible: !!example && example.getBoundingClientRect().top < innerHeight };
  })()`);
  await picture('-example', false);
  await evaluate(`document.getElementById('map').scrollIntoView()`);
  await picture('-map', false);
  result.clicked = await evaluate(`(() => { const e = document.querySelector('details.example'); e.open = false;
    document.querySelector('.crash button:not([data-ce=""])').click(); return e.open ||
    document.activeElement.closest('details.example')?.open === true; })()`);
}
console.log(JSON.stringify({ ...result, requests, errors }));
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
process.exit(0);
