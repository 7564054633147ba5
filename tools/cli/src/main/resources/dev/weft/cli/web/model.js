'use strict';
// The picture of a program as trees of tasks. Touches no element of the page.

const LONGEST = 1000;

// What would be invisible, or would change the direction of the text around, is written as a code.
const printable = (text) => (text.length > LONGEST ? text.slice(0, LONGEST) + ' (cut)' : text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (c) => '\\u' + c.codePointAt(0).toString(16).padStart(4, '0'));
const count = (number, noun) => number.toLocaleString('en') + (noun ? ' ' + noun + (number === 1 ? '' : 's') : '');
const routeOf = (frame) => frame.class + '.' + frame.method + (frame.file ? '(' + frame.file + (frame.line ? ':' + frame.line : '') + ')' : '');
const shortRouteOf = (frame) => routeOf({ ...frame, class: frame.class.slice(frame.class.lastIndexOf('.') + 1) });

// The same of a frame in a stack trace.
const shortLine = (line) => line.replace(/^[^(]*?([^.(]+\.[^.(]+\()/, '$1');

function duration(seconds) {
  if (seconds < 10) return seconds.toFixed(1) + ' s';
  if (seconds < 120) return Math.floor(seconds) + ' s';
  if (seconds < 7200) return Math.floor(seconds / 60) + ' min';
  return seconds < 172800 ? Math.floor(seconds / 3600) + ' h' : Math.floor(seconds / 86400) + ' d';
}

// A thread's stack in the text of a loop that is stuck: a sentence, the thread and its state, the frames.
function readStuck(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const frames = lines.filter((line) => line.startsWith('    at ')).map((line) => line.slice(7).replace(/^app\/\//, ''));
  const own = frames.findIndex((frame) => !/^(java|jdk|sun|com\.sun|dev\.weft\.(internal|compiled|http|io|net|netty|resilience|stream|sync))[.@]|^dev\.weft\.[A-Z]/.test(frame));
  const of = lines[0].match(/stuck in a step of (.*)$/);
  return { sentence: lines[0], thread: (lines[1] || '').trim(), step: of ? of[1].replace(/ \(pending\)$/, '') : '', frames, own };
}

function readTask(loop, raw) {
  const stack = raw.stack || [];
  return {
    kind: 'task', key: loop.name + '/' + raw.id, loop, id: raw.id, name: raw.name, state: raw.state.toLowerCase(), creator: raw.creator, age: raw.age,
    waits: raw.waitsFor || '', waitsFor: raw.waitsForTasks || [], stack, locals: raw.locals || [], cancelling: raw.cancelling || 0,
    parent: null, children: [], waiters: [], steps: 0, isBad: false, badge: '', unlisted: 0,
  };
}

function readLoop(raw, steps) {
  const shot = raw.snapshot || { name: '', counts: { tasks: 0, ready: 0, timers: 0, states: {} }, tasks: [], groups: [], kinds: [], deadlocks: [] };
  const loop = {
    name: raw.loop, thread: shot.name, counts: shot.counts, kinds: shot.kinds, isRead: Boolean(raw.snapshot), approximate: raw.approximate || '',
    stuck: raw.stuck ? readStuck(raw.stuck) : null, measured: steps[raw.loop] || null, tasks: new Map(), roots: [],
  };
  shot.tasks.forEach((task) => loop.tasks.set(task.id, readTask(loop, task)));
  if (loop.measured) Object.entries(loop.measured.tasks).forEach(([id, number]) => { if (loop.tasks.has(Number(id))) loop.tasks.get(Number(id)).steps = number; });
  loop.deadlocks = shot.deadlocks.map((cycle) => cycle.map((id) => loop.tasks.get(id)).filter(Boolean)).filter((cycle) => cycle.length > 0);
  loop.deadlocks.forEach((cycle) => cycle.forEach((task) => { task.isBad = true; task.badge = 'deadlock'; }));
  if (loop.stuck) loop.tasks.forEach((task) => { if (task.state === 'running') { task.isBad = true; task.badge = 'stuck'; } });
  link(loop, shot.groups);
  return loop;
}

// The parent of a task is its group, its creator, or the first task that waits for its end.
function link(loop, groups) {
  const parents = new Map();
  const adopt = (id, parent) => { const task = loop.tasks.get(id); if (task && !parents.has(task)) parents.set(task, parent); };
  groups.forEach((raw, i) => {
    const owner = loop.tasks.get(raw.owner);
    if (!owner) return;
    const group = { kind: 'group', key: loop.name + '/' + raw.owner + '/' + i, loop, name: 'task group', state: raw.state, size: raw.children.length, parent: null, children: [], isBad: false, badge: '', unlisted: raw.children.filter((id) => !loop.tasks.has(id)).length };
    parents.set(group, owner);
    raw.children.forEach((id) => adopt(id, group));
  });
  loop.tasks.forEach((task) => { const creator = loop.tasks.get(task.creator); if (creator) adopt(task.id, creator); });
  loop.tasks.forEach((task) => task.waitsFor.forEach((id) => {
    const awaited = loop.tasks.get(id);
    if (!awaited) return;
    awaited.waiters.push(task);
    if (/^(task|gather) /.test(task.waits)) adopt(id, task);
  }));
  dropCycles(loop, parents);
  parents.forEach((parent, node) => { node.parent = parent; parent.children.push(node); });
  loop.tasks.forEach((task) => { if (!task.parent) loop.roots.push(task); });
  loop.tasks.forEach((task) => { if (task.isBad) for (let up = task.parent; up && !up.leadsToBad; up = up.parent) up.leadsToBad = true; });
  const order = (nodes) => nodes.sort((a, b) => rank(a) - rank(b)); // stable
  order(loop.roots);
  parents.forEach((parent) => { if (!parent.isOrdered) { parent.isOrdered = true; order(parent.children); } });
}
const rank = (node) => node.isBad ? 0 : node.leadsToBad ? 1 : 2;

function dropCycles(loop, parents) {
  const visitedFrom = new Map();
  loop.tasks.forEach((start) => {
    for (let node = start; node && !visitedFrom.has(node); ) {
      visitedFrom.set(node, start);
      const parent = parents.get(node);
      if (parent && visitedFrom.get(parent) === start) parents.delete(node);
      node = parents.get(node);
    }
  });
}

// All that a search looks at.
function textOf(task) {
  task.text = task.text || [task.name, '#' + task.id, task.state, task.waits, ...task.stack.map(routeOf)].join('\n').toLowerCase();
  return task.text;
}

function find(loop, query) {
  const matches = new Set(), shown = new Set();
  loop.tasks.forEach((task) => { if (textOf(task).includes(query)) matches.add(task); });
  matches.forEach((task) => { for (let node = task; node && !shown.has(node); node = node.parent) shown.add(node); });
  return { matches, shown };
}

const SIBLINGS = 100, ROWS = 500, INDENTED = 30;

// The rows of a tree: bounded, whatever the numbers of tasks and loops are. `more` has how many are shown after a click on "more".
function rowsOf(loop, view, found, loops) {
  const rows = [], limit = view.more.get(loop.name) || Math.max(20, Math.ceil(ROWS / loops)), open = [];
  const push = (nodes, depth, key, unlisted) => {
    const wanted = found ? nodes.filter((node) => found.shown.has(node)) : nodes, most = view.more.get(key) || SIBLINGS;
    if (!found && unlisted > 0) open.push({ kind: 'unlisted', key: key + '/unlisted', number: unlisted, depth });
    if (wanted.length > most) open.push({ kind: 'more', key: key + '/more', of: key, most, number: wanted.length - most, depth });
    for (let i = Math.min(most, wanted.length) - 1; i >= 0; i--) open.push({ kind: 'node', key: wanted[i].key, node: wanted[i], depth });
  };
  push(loop.roots, 0, loop.name + '/roots', loop.counts.tasks - loop.tasks.size);
  while (open.length) {
    const row = open.pop();
    if (rows.length === limit) {
      rows.push({ kind: 'more', key: loop.name + '/rows', of: loop.name, most: limit, number: -1, depth: 0 });
      break;
    }
    rows.push(row);
    if (row.kind === 'node' && (found || !view.collapsed.has(row.key))) push(row.node.children, row.depth + 1, row.key, row.node.unlisted);
  }
  return rows;
}

// Remembers since when each task is unchanged: in the same state and place, without a step in between.
function remember(seen, loops, time) {
  const before = new Map(seen);
  seen.clear();
  const unread = loops.filter((loop) => !loop.isRead).map((loop) => loop.name + '/');
  before.forEach((last, key) => { if (unread.some((name) => key.startsWith(name))) seen.set(key, last); });
  loops.forEach((loop) => loop.tasks.forEach((task) => {
    const sign = task.state + task.waits.replace(/[\d.]+/g, '') + task.stack.map(routeOf).join('\n'), last = before.get(task.key);
    const isSame = last && last.sign === sign && task.steps === 0;
    seen.set(task.key, { sign, since: isSame ? last.since : time, isFirst: isSame ? last.isFirst : !last });
    task.since = seen.get(task.key).since;
    task.isFirst = seen.get(task.key).isFirst;
  }));
}
