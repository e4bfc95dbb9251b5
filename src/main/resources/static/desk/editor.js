// A file of flows or beans: checked while it is typed, reviewed before it is saved.
'use strict';

const form = document.getElementById('edit');
const findings = document.getElementById('findings');
const check = '/api/flows/check?flow=' + encodeURIComponent(form.dataset.key);

const send = (method, url, body, headers) =>
  fetch(url, { method, body, headers: { 'Content-Type': 'text/plain', Accept: 'application/json', 'X-XSRF-TOKEN': csrf(), ...headers } });

const mark = finding => ({
  from: CodeMirror.Pos(finding.line - 1, finding.column - 1),
  to: CodeMirror.Pos(finding.line - 1, 999),
  message: finding.fix ? finding.reason + ' – ' + finding.fix : finding.reason,
  severity: 'error',
});

const list = found => {
  findings.replaceChildren(...found.map(finding => {
    const line = document.createElement('button');
    line.type = 'button';
    line.className = 'finding';
    line.textContent = 'line ' + finding.line + ': ' + mark(finding).message;
    line.addEventListener('click', () => { editor.setCursor(mark(finding).from); editor.focus(); });
    return line;
  }));
  if (!found.length) findings.textContent = 'No findings.';
};

const lint = async (text, update) => {
  const answer = await send('POST', check, text);
  if (!answer.ok) { findings.textContent = 'The checker does not answer: ' + answer.status; return; }
  const found = (await answer.json()).findings;
  list(found);
  update(found.map(mark));
};

const editor = CodeMirror.fromTextArea(document.getElementById('yaml'), {
  mode: 'yaml', lineNumbers: true, readOnly: form.dataset.locked === 'true', viewportMargin: Infinity,
  gutters: ['CodeMirror-lint-markers', 'CodeMirror-linenumbers'],
  lint: { getAnnotations: lint, async: true, delay: 350 },
  // Tab leaves the editor, so that a keyboard is not caught in it
  extraKeys: { Tab: false, 'Shift-Tab': false, 'Ctrl-S': () => form.requestSubmit(), 'Cmd-S': () => form.requestSubmit() },
});
editor.getInputField().setAttribute('aria-label', 'The file');
const saved = editor.getValue();
let leaving = false;
window.addEventListener('beforeunload', event => { if (!leaving && editor.getValue() !== saved) event.preventDefault(); });

document.addEventListener('htmx:afterSettle', event => {
  if (event.target.id === 'review') document.getElementById('change').focus();
});

const element = (name, className, text, ...children) => {
  const made = Object.assign(document.createElement(name), { className, textContent: text });
  made.append(...children);
  return made;
};

const button = (id, className, text, act) => {
  const made = Object.assign(element('button', className, text), { id, type: 'button' });
  made.addEventListener('click', act);
  return made;
};

const line = text => element('span', { '+': 'added', '-': 'removed', '@': 'place' }[text[0]] || 'same', text.startsWith('@@') ? text : text.slice(1));

const review = (...parts) => {
  document.getElementById('review').replaceWith(Object.assign(element('section', '', '', ...parts), { id: 'review' }));
};

// Somebody else was faster: what became of the file, and the two ways on.
const meanwhile = (...parts) => {
  review(Object.assign(element('h2', '', 'Somebody else saved meanwhile'), { id: 'change', tabIndex: -1 }), ...parts);
  document.getElementById('change').focus();
};

const conflict = {
  PUT: ({ revision, diff }) => meanwhile(
    element('p', '', 'Revision ' + revision + ' is live. Saving yours would remove what is red and add what is green.'),
    element('pre', 'diff', '', ...diff.split('\n').slice(2).map(line)),
    element('div', 'switches', '',
      button('mine', 'strong', 'Save mine over it', () => { form.dataset.base = revision; save(); }),
      button('theirs', '', 'Take theirs and begin again', () => { leaving = true; location.reload(); }))),
  DELETE: ({ revision }) => meanwhile(
    element('p', '', 'Revision ' + revision + ' is live meanwhile. Delete it all the same?'),
    element('div', 'switches', '',
      button('anyway', 'strong', 'Delete', () => { form.dataset.base = revision; end(); }),
      button('keep', '', 'Keep', () => review()))),
};

const change = async (method, text, to) => {
  const { api, base } = form.dataset;
  const answer = await send(method, api, text, { 'If-Match': '"' + base + '"' });
  if (answer.ok) { leaving = true; location.href = to; return; }
  const problem = await answer.json();
  if (problem.findings) { list(problem.findings); editor.performLint(); }
  if (problem.revision) conflict[method](problem); else say(problem.detail || answer.statusText, 'bad');
};

const save = () => change('PUT', editor.getValue(), form.dataset.page);
const end = () => change('DELETE', undefined, '/');

document.addEventListener('click', event => {
  if (event.target.id === 'save') save();
  if (event.target.id === 'delete') ask(form.dataset.key + ' will not run any more, and its file goes. Its revisions stay. Delete it?', end);
});
