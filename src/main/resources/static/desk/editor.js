// A flow's file: checked while it is typed, reviewed before it is saved.
'use strict';

const form = document.getElementById('edit');
const findings = document.getElementById('findings');
const check = '/api/flows/check?file=' + encodeURIComponent(form.dataset.file);

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
editor.getInputField().setAttribute('aria-label', 'The flow’s file');
const saved = editor.getValue();
let leaving = false;
window.addEventListener('beforeunload', event => { if (!leaving && editor.getValue() !== saved) event.preventDefault(); });

document.addEventListener('htmx:afterSettle', event => {
  if (event.target.id === 'review') document.getElementById('change').focus();
});

const save = async () => {
  const { flow, base } = form.dataset;
  const answer = await send('PUT', '/api/flows/' + encodeURIComponent(flow), editor.getValue(), { 'If-Match': '"' + base + '"' });
  if (answer.ok) { leaving = true; location.href = '/flows/' + flow; return; }
  const problem = await answer.json();
  if (problem.findings) { list(problem.findings); editor.performLint(); }
  say(problem.detail || answer.statusText, 'bad');
};
document.addEventListener('click', event => { if (event.target.id === 'save') save(); });
