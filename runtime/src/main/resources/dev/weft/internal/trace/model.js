'use strict';
// The data of all loops in typed arrays: rows are lanes, a loop's own lane is the first of its rows.
const STEP = 0, CALLBACK = 1, IDLE = 2, BANDS = 4;
const STATES = ['', '', '', '', '', 'succeeded', 'failed', 'been cancelled'];
const FAILED = 6, ENDED = 5;

function readModel(loops) {
  const count = loops.reduce((sum, loop) => sum + loop.spans.gap.length, 0);
  const model = {
    loops, count, rows: [], tasks: [], failures: new Map(), start: new Float64Array(count), end: new Float64Array(count),
    own: new Float64Array(count), task: new Int32Array(count), kind: new Uint8Array(count), state: new Uint8Array(count),
    row: new Int32Array(count), level: new Uint8Array(count), loop: new Uint16Array(count), place: [], wait: [],
    previous: new Int32Array(count).fill(-1), next: new Int32Array(count).fill(-1), arrowIn: new Int32Array(count).fill(-1),
    arrows: { from: [], to: [], time: [] }, from: Infinity, to: -Infinity, busy: 0, steps: 0,
  };
  let base = 0;
  loops.forEach((loop, number) => { base = addLoop(model, loop, number, base); });
  if (model.from > model.to) { model.from = 0; model.to = 1e6; }
  model.shown = buckets(model, null);
  model.arrowsOut = new Map();
  model.arrows.from.forEach((span, arrow) => {
    model.arrowIn[model.arrows.to[arrow]] = arrow;
    model.arrowsOut.has(span) ? model.arrowsOut.get(span).push(arrow) : model.arrowsOut.set(span, [arrow]);
  });
  model.longest = longest(model, 100);
  return model;
}

function addLoop(model, loop, number, base) {
  const firstRow = model.rows.length, firstTask = model.tasks.length;
  const text = (index) => index < 0 ? '' : loop.texts[index];
  loop.lanes.forEach(([label, depth], lane) => model.rows.push(
    lane ? { label, depth: depth + 1, isLoop: false } : { label: 'loop of thread ' + loop.name, depth: 0, isLoop: true }));
  loop.tasks.id.forEach((id, i) => model.tasks.push({
    id, name: text(loop.tasks.name[i]), body: text(loop.tasks.body[i]), row: firstRow + loop.tasks.lane[i],
    creator: loop.tasks.creator[i] < 0 ? -1 : firstTask + loop.tasks.creator[i], first: -1, last: -1,
  }));
  const s = loop.spans;
  let time = 0;
  const open = [], openInRow = new Map();
  for (let i = 0; i < s.gap.length; i++) {
    const span = base + i;
    time += s.gap[i];
    model.start[span] = time;
    model.end[span] = time + s.length[i];
    model.own[span] = s.length[i];
    model.kind[span] = s.kind[i];
    model.state[span] = s.state[i];
    model.loop[span] = number;
    model.place.push(text(s.place[i]));
    model.wait.push(text(s.wait[i]));
    const task = s.task[i] < 0 ? -1 : firstTask + s.task[i];
    model.task[span] = task;
    model.row[span] = task < 0 ? firstRow : model.tasks[task].row;
    if (task >= 0) linkTask(model, model.tasks[task], span);
    nest(model, span, open, openInRow);
    model.from = Math.min(model.from, time);
    model.to = Math.max(model.to, model.end[span]);
  }
  for (let i = 0; i < s.gap.length; i++) {
    if (s.kind[i] !== IDLE) { model.busy += model.own[base + i]; model.steps++; }
  }
  loop.arrows.from.forEach((from, i) => {
    model.arrows.from.push(base + from);
    model.arrows.to.push(base + loop.arrows.to[i]);
    model.arrows.time.push(loop.arrows.time[i]);
  });
  const failures = loop.failures.map(([at, lane]) => [at, firstRow + lane]);
  for (let span = base; span < base + s.gap.length; span++) if (model.state[span] === FAILED) failures.push([model.end[span], model.row[span]]);
  failures.sort((a, b) => a[0] - b[0]).forEach(([at, row]) => model.failures.has(row) ? model.failures.get(row).push(at) : model.failures.set(row, [at]));
  return base + s.gap.length;
}

function linkTask(model, task, span) {
  if (task.first < 0) task.first = span;
  if (task.last >= 0) { model.previous[span] = task.last; model.next[task.last] = span; }
  task.last = span;
}

// A loop does one thing at a time: what overlaps is a nested run, whose time is not its surrounding step's own.
function nest(model, span, open, openInRow) {
  while (open.length && model.end[open[open.length - 1]] <= model.start[span]) open.pop();
  if (open.length) model.own[open[open.length - 1]] -= model.end[span] - model.start[span];
  open.push(span);
  const row = model.row[span];
  let outer = openInRow.get(row) || [];
  outer = outer.filter((other) => model.end[other] > model.start[span]);
  model.level[span] = Math.min(outer.length, 4);
  outer.push(span);
  openInRow.set(row, outer);
}

function band(model, span) {
  const nanos = model.own[span];
  return model.kind[span] === IDLE || nanos < 1e6 ? 0 : nanos < 1e7 ? 1 : nanos < 1e8 ? 2 : 3;
}

// The spans by row and band, in the order of time: those of bucket b are spans[offset[b]] ... spans[offset[b + 1] - 1].
function buckets(model, isIn) {
  const offset = new Int32Array(model.rows.length * BANDS + 1);
  const bucketOf = (span) => model.row[span] * BANDS + band(model, span);
  for (let i = 0; i < model.count; i++) if (!isIn || isIn(i)) offset[bucketOf(i) + 1]++;
  for (let b = 1; b < offset.length; b++) offset[b] += offset[b - 1];
  const next = offset.slice(), spans = new Int32Array(offset[offset.length - 1]);
  for (let i = 0; i < model.count; i++) if (!isIn || isIn(i)) spans[next[bucketOf(i)]++] = i;
  return { offset, spans };
}

function longest(model, count) {
  let found = [], least = 0;
  for (let i = 0; i < model.count; i++) {
    if (model.kind[i] === IDLE || model.own[i] <= least) continue;
    found.push(i);
    if (found.length >= 4 * count) { found = best(model, found, count); least = model.own[found[count - 1]]; }
  }
  return best(model, found, count);
}

function best(model, spans, count) {
  return spans.sort((a, b) => model.own[b] - model.own[a]).slice(0, count);
}

function titleOf(model, span) {
  const task = model.task[span];
  return task >= 0 ? model.tasks[task].name : model.kind[span] === IDLE ? 'idle' : model.wait[span] || 'a callback';
}

// The code that a step has run: from one await to the next.
function routeOf(model, span) {
  if (model.kind[span] !== STEP) return '';
  const before = model.previous[span] >= 0 ? model.place[model.previous[span]] : '';
  const task = model.tasks[model.task[span]];
  const after = model.place[span] || (model.state[span] >= ENDED ? 'the end' : '');
  return (before || task.body || (model.loops[model.loop[span]].dropped ? '\u2026' : 'the beginning')) + (after ? ' \u2192 ' + after : '');
}

// The same without files and without the class where the code stays in one method: "Shop.serve:12 \u2192 :15".
function shortRouteOf(model, span) {
  const short = (place) => place.replace(/\([^()]*?(:\d+)?\)$/, '$1');
  const [before, after = ''] = routeOf(model, span).split(' \u2192 ').map(short);
  const body = before.split(':')[0];
  return before + (after ? ' \u2192 ' + (after.startsWith(body + ':') ? after.slice(body.length) : after) : '');
}

function duration(nanos) {
  const units = [[1e9, 's'], [1e6, 'ms'], [1e3, '\u00b5s'], [1, 'ns']];
  const [size, unit] = units.find(([size]) => Math.abs(nanos) >= size) || units[3];
  const value = nanos / size, abs = Math.abs(value);
  return (size === 1 || abs >= 100 ? Math.round(value) : value.toFixed(abs >= 10 ? 1 : 2)) + ' ' + unit;
}
