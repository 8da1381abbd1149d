'use strict';
function show(number, focus) {
  const example = document.getElementById('ce-' + number);
  if (!example) return;
  example.open = true;
  example.scrollIntoView({block: 'start'});
  if (focus) example.querySelector('summary').focus({preventScroll: true});
}
function copy(button) {
  const code = button.parentElement.querySelector('code');
  const range = document.createRange();
  range.selectNodeContents(code);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const done = document.execCommand('copy');
  button.textContent = done ? 'Copied' : 'Selected: copy by hand';
}
document.addEventListener('click', event => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.className === 'copy') return copy(button);
  button.closest('details').querySelector('.said').textContent = button.getAttribute('aria-label');
  if (button.dataset.ce) show(button.dataset.ce, true);
});
function follow() {
  const match = /^#ce-(\d+)$/.exec(location.hash);
  if (match) show(match[1], true);
}
addEventListener('hashchange', follow);
addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(d => { d.open = true; }));
follow();
