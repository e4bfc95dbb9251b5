// The page's own script: one clock for all live parts, the CSRF token, what was said, and "are you sure".
'use strict';

const TICK = 5000;

// A hidden page asks for nothing; one that is shown again asks at once. A person who points at a field is not disturbed.
const tick = () => {
  if (!document.hidden && !document.querySelector('#sure[open], #live input:focus')) document.body.dispatchEvent(new Event('tick'));
};
setInterval(tick, TICK);
document.addEventListener('visibilitychange', tick);

const cookie = name => (document.cookie.split('; ').find(pair => pair.startsWith(name + '=')) || '').slice(name.length + 1);
const csrf = () => decodeURIComponent(cookie('XSRF-TOKEN'));
document.addEventListener('htmx:configRequest', event => { event.detail.headers['X-XSRF-TOKEN'] = csrf(); });

const say = (text, tone) => {
  const said = document.getElementById('said');
  said.className = tone;
  said.textContent = text;
  clearTimeout(say.end);
  say.end = setTimeout(() => { said.textContent = ''; }, tone === 'bad' ? 12000 : 4000);
};

const detail = text => {
  try { return JSON.parse(text).detail; } catch { return text.slice(0, 200); }
};

document.addEventListener('htmx:afterRequest', event => {
  const { elt, successful, xhr } = event.detail;
  if (!successful && xhr.status) say(detail(xhr.responseText) || xhr.statusText, 'bad');
  if (successful && elt.dataset.said) {
    say(elt.dataset.said, 'good');
    if (elt.dataset.then) location.href = elt.dataset.then; else tick();
  }
});
document.addEventListener('htmx:sendError', () => say('The hub does not answer.', 'bad'));

// A tick whose session is over gets the sign-in page: go there instead of showing a piece of it.
document.addEventListener('htmx:beforeSwap', event => {
  if (event.detail.xhr.responseURL.endsWith('/sign-in')) location.reload();
});

const ask = (question, act) => {
  const sure = document.getElementById('sure');
  sure.querySelector('p').textContent = question;
  sure.returnValue = 'no';
  sure.addEventListener('close', () => { if (sure.returnValue === 'yes') act(); }, { once: true });
  sure.showModal();
};

document.addEventListener('htmx:confirm', event => {
  const question = event.detail.elt.dataset.sure;
  if (!question) return;
  event.preventDefault();
  ask(question, () => event.detail.issueRequest(true));
});

document.addEventListener('keydown', event => {
  if (event.key === '/' && !event.target.closest('input, textarea, .CodeMirror')) {
    event.preventDefault();
    document.getElementById('q').focus();
  }
});
