// node allure.mjs FILE [OUT.png]: opens Allure's page, goes to the counter-example, and prints what stands there as JSON.
import fs from 'node:fs';
import { open } from './chromium.mjs';

const [file, out] = process.argv.slice(2);
const { send, evaluate, requests, errors, close } = await open(file, 1280, 'light');

// What is asked for is made by scripts after the page was loaded.
async function until(expression) {
  for (let tries = 0; tries < 100; tries++) {
    const value = await evaluate(expression);
    if (value) return value;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return null;
}
const text = () => evaluate('document.body.innerText');
const press = selector => until(`(() => { const e = document.querySelector(${JSON.stringify(selector)});
  if (e) e.click(); return !!e; })()`);

await until(`document.body.innerText.includes('NOBRICK')`);
const overview = await text();
await evaluate(`location.hash = '#behaviors'`);
await until(`document.querySelector('.node__title')`);
for (let level = 0; level < 3 && !await evaluate(`!!document.querySelector('.node__leaf')`); level++) {
  await evaluate(`[...document.querySelectorAll('.node:not(.node__expanded) > .node__title')].at(-1)?.click()`);
  await new Promise(resolve => setTimeout(resolve, 200));
}
await press('.node__leaf');
await until(`document.querySelector('.test-result-execution, .execution__content')`);
const example = await text();
if (out) {
  const shot = await send('Page.captureScreenshot', {});
  fs.writeFileSync(out, Buffer.from(shot.data, 'base64'));
}
await evaluate(`[...document.querySelectorAll('.attachment-row')].forEach(row => row.click())`);
await until(`document.querySelector('.attachment__text, .attachment__iframe-container')`);
await new Promise(resolve => setTimeout(resolve, 500));
const attachments = await text();
console.log(JSON.stringify({ overview, example, attachments, errors,
  requests: requests.filter(url => !url.startsWith('data:') && !url.startsWith('blob:')) }));
await close();
process.exit(0);
