// The page's script. Text of notes goes in by textContent only, so that it
// stays text.
'use strict';

const $ = (id) => document.getElementById(id);
const list = $('notes'), search = $('search');
const pageSize = 50;

// request returns the answer's JSON, or throws what the problem document says.
async function request(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body ? {'Content-Type': 'application/json'} : {},
    body: body && JSON.stringify(body),
  });
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const details = (answer.errors || []).map((e) => e.detail);
  throw new Error(details.join(', ') || answer.detail || answer.title || `status ${response.status}`);
}

// attempt shows an error on the page. It tells whether all went well.
async function attempt(what, work) {
  try {
    await work();
    $('error').hidden = true;
    return true;
  } catch (e) {
    $('error').textContent = `${what}: ${e.message}`;
    $('error').hidden = false;
    return false;
  }
}

function showTime(item) {
  const time = item.querySelector('time');
  time.textContent = new Date(time.dateTime).toLocaleString([], {dateStyle: 'medium', timeStyle: 'short'});
}

function newItem(note) {
  const item = $('blank').content.firstElementChild.cloneNode(true);
  item.dataset.id = note.id;
  item.querySelector('h3').textContent = note.title;
  item.querySelector('p').textContent = note.body;
  item.querySelector('time').dateTime = note.changed;
  item.querySelector('.delete').setAttribute('aria-label', `Delete ${note.title}`);
  showTime(item);
  return item;
}

const itemOf = (id) => list.querySelector(`[data-id="${id}"]`);

function showEmpty() { $('none').hidden = list.childElementCount > 0; }

// load fetches the newest notes, or those older than an id. Of several calls
// under way only the latest counts. What happens to notes meanwhile is done
// after it, since the answer may be older.
let latest = 0, meanwhile = null;
async function load(before) {
  const mine = ++latest;
  meanwhile ||= [];
  const query = new URLSearchParams({limit: pageSize, q: search.value.trim()});
  if (before) query.set('before', before);
  await attempt('The notes could not be loaded', async () => {
    const {notes} = await request('GET', `/notes?${query}`);
    if (mine === latest) show(notes.map(newItem), before);
  });
  if (mine !== latest) return;
  const events = meanwhile;
  meanwhile = null;
  for (const event of events) event();
}

function show(items, older) {
  if (older) list.append(...items);
  else list.replaceChildren(...items);
  $('older').hidden = items.length < pageSize;
  showEmpty();
}

function happened(event) {
  if (meanwhile) meanwhile.push(event);
  else event();
}

let timer;
function loadSoon() {
  timer ??= setTimeout(() => { timer = null; load(); }, 200);
}

// saved shows a new or changed note. One that is not on the page and not newer
// than what is there belongs to an older page.
function saved(note) {
  const item = itemOf(note.id), first = list.firstElementChild;
  if (search.value.trim()) loadSoon();
  else if (item) item.replaceWith(newItem(note));
  else if (!first || note.id > Number(first.dataset.id)) list.prepend(newItem(note));
  showEmpty();
}

// removed takes a note off the page. The focus goes to a neighbour, if it was
// in the note.
function removed(id) {
  const item = itemOf(id);
  if (!item) return;
  const next = item.nextElementSibling || item.previousElementSibling;
  const focused = item.contains(document.activeElement);
  item.remove();
  if (focused) (next ? next.querySelector('.delete') : $('title')).focus();
  showEmpty();
}

// follow keeps the page up to date. The browser connects again by itself after
// most interruptions, saying what it saw last; after the others we do.
function follow() {
  const events = new EventSource('/events');
  events.onopen = () => { $('state').textContent = 'live'; };
  events.onerror = () => {
    $('state').textContent = 'not live';
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, 3000);
  };
  events.addEventListener('reset', () => load());
  events.addEventListener('saved', (e) => happened(() => saved(JSON.parse(e.data))));
  events.addEventListener('deleted', (e) => happened(() => removed(JSON.parse(e.data).id)));
}

$('add').addEventListener('submit', async (e) => {
  e.preventDefault();
  const form = e.target;
  const draft = {title: form.elements.title.value, body: form.elements.body.value};
  if (await attempt('Not added', () => request('POST', '/notes', draft))) {
    form.reset();
    form.elements.title.focus();
  }
});

list.addEventListener('click', async (e) => {
  const button = e.target.closest('.delete');
  if (!button) return;
  const id = button.closest('li').dataset.id;
  if (await attempt('Not deleted', () => request('DELETE', `/notes/${id}`))) removed(id);
});

search.addEventListener('input', loadSoon);

$('older').addEventListener('click', () => load(list.lastElementChild.dataset.id));

for (const item of list.children) showTime(item);
$('older').hidden = list.childElementCount < pageSize;
follow();
