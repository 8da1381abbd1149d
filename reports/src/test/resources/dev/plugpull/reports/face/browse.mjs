// node browse.mjs FILE WIDTH light|dark [OUT.png]: opens a report in headless Chromium, presses a cell of the crash map,
// and prints what happened as JSON.
import fs from 'node:fs';
import { open } from './chromium.mjs';

const [file, width, scheme, out] = process.argv.slice(2);
const { send, evaluate, requests, errors, close } = await open(file, width, scheme);
const picture = async (name, full) => {
  if (out) {
    const shot = await send('Page.captureScreenshot', { captureBeyondViewport: full });
    fs.writeFileSync(out.replace('.png', name + '.png'), Buffer.from(shot.data, 'base64'));
  }
};

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
await close();
process.exit(0);
