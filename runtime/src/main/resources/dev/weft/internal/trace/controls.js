// Mouse, keys, search, and the texts beside the drawing.
function start() {
  const data = [...document.querySelectorAll('script.loop')];
  const model = readModel(data.map((element) => JSON.parse(element.textContent)));
  data.forEach((element) => element.remove());
  const byId = (id) => document.getElementById(id);
  const canvas = byId('lanes'), scroller = byId('scroller'), overview = byId('overview'), drawing = new Drawing(model, canvas, overview);
  const total = model.to - model.from, least = 50;
  let matches = [], match = -1, drag = null, inList = -1;

  // ---- the part that is shown

  function show(from, to) {
    const length = Math.max(least, Math.min(to - from, total * 1.02));
    const middle = Math.min(Math.max((from + to) / 2, model.from - total * 0.01 + length / 2), model.to + total * 0.01 - length / 2);
    drawing.from = length >= total ? model.from - (length - total) / 2 : middle - length / 2;
    drawing.to = drawing.from + length;
    drawing.later();
  }
  const zoom = (factor, at = (drawing.from + drawing.to) / 2) => show(at - (at - drawing.from) * factor, at + (drawing.to - at) * factor);
  const move = (share) => show(drawing.from + share * (drawing.to - drawing.from), drawing.to + share * (drawing.to - drawing.from));

  function showSpan(span) {
    const length = Math.max(least, model.end[span] - model.start[span]);
    show(model.start[span] - length, model.end[span] + length);
  }
  function reveal(span) {
    const y = model.row[span] * ROW;
    if (y < scroller.scrollTop || y > scroller.scrollTop + scroller.clientHeight - AXIS - ROW) scroller.scrollTop = y - scroller.clientHeight / 2;
    const length = drawing.to - drawing.from, middle = (model.start[span] + model.end[span]) / 2;
    if (middle < drawing.from || middle > drawing.to) show(middle - length / 2, middle + length / 2);
  }

  // ---- the selection

  function select(span, isZoomed) {
    drawing.selected = span;
    if (span >= 0) {
      if (isZoomed) showSpan(span);
      reveal(span);
    }
    [...byId('longest').children].forEach((item, i) => item.classList.toggle('on', model.longest[i] === span));
    describe(span);
    drawing.later();
  }

  function line(span) {
    const parts = [titleOf(model, span), routeOf(model, span), duration(model.own[span])];
    if (model.end[span] - model.start[span] - model.own[span] > 0) parts.push('and ' + duration(model.end[span] - model.start[span] - model.own[span]) + ' in nested runs');
    if (model.kind[span] === STEP) parts.push('then ' + endOf(span));
    return parts.filter(Boolean).join('  \u00b7  ');
  }
  function endOf(span) {
    const state = model.state[span];
    return state >= ENDED ? 'the task has ' + STATES[state] + (model.wait[span] ? ': ' + model.wait[span] : '') : state === 2 ? 'the step has not ended' : 'waits for ' + (model.wait[span] || 'something');
  }

  function describe(span) {
    const box = byId('selected');
    box.textContent = '';
    if (span < 0) {
      box.append(make('p', 'soft', 'Click a step, here or in the list.'));
      byId('detail').textContent = '\u00a0';
      return;
    }
    byId('detail').textContent = line(span);
    box.append(make('div', 'name', titleOf(model, span)));
    const list = make('dl'), task = model.tasks[model.task[span]];
    const row = (key, ...values) => { const dd = make('dd'); dd.append(...values); list.append(make('dt', '', key), dd); };
    row('takes', duration(model.end[span] - model.start[span]) + (model.own[span] < model.end[span] - model.start[span] ? ', of which its own ' + duration(model.own[span]) : ''));
    row('at', duration(model.start[span] - model.from));
    if (task) {
      if (task.name !== 'Task-' + task.id) row('task', '#' + task.id);
      if (task.body) row('method', task.body);
      row('runs', routeOf(model, span));
      row('then', endOf(span));
      if (model.previous[span] >= 0) row('before', link(model.previous[span], 'waited ' + duration(model.start[span] - model.end[model.previous[span]])));
      if (model.next[span] >= 0) row('after', link(model.next[span], 'continues ' + duration(model.start[model.next[span]] - model.end[span]) + ' later'));
    }
    const arrow = model.arrowIn[span];
    if (arrow >= 0) row(model.previous[span] < 0 ? 'created by' : 'resumed by', link(model.arrows.from[arrow]));
    const out = model.arrowsOut.get(span) || [];
    out.slice(0, 8).forEach((a) => row(model.previous[model.arrows.to[a]] < 0 ? 'creates' : 'resumes', link(model.arrows.to[a])));
    if (out.length > 8) row('', 'and ' + (out.length - 8) + ' more');
    box.append(list);
  }
  function make(tag, className = '', text = '') {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }
  function link(span, text = titleOf(model, span)) {
    const button = make('button', 'link', text);
    button.onclick = () => select(span);
    return button;
  }

  function fillLongest() {
    model.longest.forEach((span) => {
      const item = make('li');
      item.append(make('b', 'b' + band(model, span), duration(model.own[span])), make('span', 'who', titleOf(model, span)), make('span', 'at', shortRouteOf(model, span)));
      item.title = line(span);
      item.onclick = () => select(span, true);
      byId('longest').append(item);
    });
  }

  // ---- search

  function find(query) {
    const text = query.trim().toLowerCase();
    matches = text === '' ? [] : model.tasks.map((task, i) => i).filter((i) => model.tasks[i].first >= 0 && (model.tasks[i].name + ' ' + model.tasks[i].body).toLowerCase().includes(text));
    match = -1;
    const isIn = new Uint8Array(model.tasks.length);
    matches.forEach((i) => { isIn[i] = 1; });
    drawing.found = text === '' ? null : buckets(model, (span) => model.task[span] >= 0 && isIn[model.task[span]] === 1);
    drawing.rowsFound = text === '' ? null : new Set(matches.map((i) => model.tasks[i].row));
    byId('matches').textContent = text === '' ? '' : matches.length.toLocaleString('en') + (matches.length === 1 ? ' task' : ' tasks');
    drawing.later();
  }
  function nextMatch(by) {
    if (!matches.length) return;
    match = match < 0 ? (by > 0 ? 0 : matches.length - 1) : (match + by + matches.length) % matches.length;
    byId('matches').textContent = (match + 1).toLocaleString('en') + ' of ' + matches.length.toLocaleString('en');
    select(model.tasks[matches[match]].first);
  }

  // ---- the mouse

  scroller.addEventListener('wheel', (event) => {
    const box = canvas.getBoundingClientRect(), x = event.clientX - box.left;
    if (x < LABELS || event.shiftKey) {
      if (event.shiftKey && event.deltaY === 0) { event.preventDefault(); scroller.scrollTop += event.deltaX; } else if (event.shiftKey) { event.preventDefault(); scroller.scrollTop += event.deltaY; }
      return;
    }
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) move(event.deltaX / 1000);
    else zoom(Math.exp(Math.max(-200, Math.min(200, event.deltaMode ? event.deltaY * 30 : event.deltaY)) / 300), drawing.time(x));
  }, { passive: false });
  scroller.addEventListener('scroll', () => drawing.later());
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const box = canvas.getBoundingClientRect();
    drag = { x: event.clientX, y: event.clientY, left: event.clientX - box.left, from: drawing.from, to: drawing.to, top: scroller.scrollTop, isMoved: false, isPart: event.shiftKey };
    capture(canvas, event);
  });
  canvas.addEventListener('pointermove', (event) => {
    const box = canvas.getBoundingClientRect();
    if (!drag) {
      drawing.hovered = drawing.spanAt(event.clientX - box.left, event.clientY - box.top);
      byId('detail').textContent = drawing.hovered >= 0 ? line(drawing.hovered) : drawing.selected >= 0 ? line(drawing.selected) : '\u00a0';
      drawing.later();
      return;
    }
    drag.isMoved = drag.isMoved || Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) > 4;
    if (!drag.isMoved || drag.isPart) return;
    const shift = (drag.x - event.clientX) / (drawing.width - LABELS) * (drag.to - drag.from);
    scroller.scrollTop = drag.top + drag.y - event.clientY;
    show(drag.from + shift, drag.to + shift);
  });
  canvas.addEventListener('pointerup', (event) => {
    if (!drag) return;
    const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, done = drag;
    drag = null;
    if (done.isPart && done.isMoved) show(drawing.time(Math.min(x, done.left)), drawing.time(Math.max(x, done.left)));
    else if (!done.isMoved && x >= LABELS) select(drawing.spanAt(x, event.clientY - box.top));
    else if (!done.isMoved) selectRow(drawing.rowAt(event.clientY - box.top));
  });
  canvas.addEventListener('pointerleave', () => { drawing.hovered = -1; drawing.later(); });
  function selectRow(row) {
    const { offset, spans } = model.shown;
    if (row < 0 || row >= model.rows.length) return;
    let first = -1;
    for (let i = offset[row * BANDS]; i < offset[row * BANDS + BANDS]; i++) if (first < 0 || model.start[spans[i]] < model.start[first]) first = spans[i];
    if (first >= 0) select(first);
  }

  let part = null;
  const overviewTime = (event) => model.from + (event.clientX - overview.getBoundingClientRect().left) / overview.clientWidth * total;
  overview.addEventListener('pointerdown', (event) => { part = { x: event.clientX, time: overviewTime(event) }; capture(overview, event); });
  overview.addEventListener('pointermove', (event) => {
    if (part && Math.abs(event.clientX - part.x) > 4) show(Math.min(part.time, overviewTime(event)), Math.max(part.time, overviewTime(event)));
  });
  overview.addEventListener('pointerup', (event) => {
    const length = drawing.to - drawing.from;
    if (part && Math.abs(event.clientX - part.x) <= 4) show(part.time - length / 2, part.time + length / 2);
    part = null;
  });
  function capture(element, event) {
    try { element.setPointerCapture(event.pointerId); } catch (noSuchPointer) { /* an event of a test */ }
  }

  // ---- the keys

  const keys = {
    '+': () => zoom(0.7), '=': () => zoom(0.7), w: () => zoom(0.7), '-': () => zoom(1 / 0.7), s: () => zoom(1 / 0.7),
    a: () => move(-0.2), ArrowLeft: () => move(-0.2), d: () => move(0.2), ArrowRight: () => move(0.2),
    ArrowUp: () => { scroller.scrollTop -= 3 * ROW; }, ArrowDown: () => { scroller.scrollTop += 3 * ROW; },
    PageUp: () => { scroller.scrollTop -= scroller.clientHeight - AXIS; }, PageDown: () => { scroller.scrollTop += scroller.clientHeight - AXIS; },
    0: () => show(model.from, model.to), f: () => { if (drawing.selected >= 0) showSpan(drawing.selected); },
    '[': () => sibling(model.previous), ']': () => sibling(model.next), n: () => nextMatch(1), N: () => nextMatch(-1),
    l: () => { if (model.longest.length) { inList = (inList + 1) % model.longest.length; select(model.longest[inList], true); } },
    '/': () => byId('search').focus(), '?': () => { byId('help').hidden = !byId('help').hidden; },
    Escape: () => { if (byId('help').hidden) select(-1); byId('help').hidden = true; },
  };
  function sibling(links) {
    if (drawing.selected >= 0 && links[drawing.selected] >= 0) select(links[drawing.selected]);
  }
  document.addEventListener('keydown', (event) => {
    if (event.target === byId('search')) {
      if (event.key === 'Enter') nextMatch(event.shiftKey ? -1 : 1);
      if (event.key === 'Escape') { byId('search').value = ''; find(''); canvas.focus(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  byId('search').addEventListener('input', (event) => find(event.target.value));
  byId('fit').onclick = keys[0];
  byId('help-button').onclick = keys['?'];
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawing.readColours());
  new ResizeObserver(() => drawing.resize()).observe(scroller);

  // ---- the beginning

  const number = (value, noun) => value.toLocaleString('en') + ' ' + noun + (value === 1 ? '' : 's');
  byId('summary').textContent = [number(model.tasks.length, 'task'), number(model.steps, 'step'), duration(total), Math.round(100 * model.busy / (total * Math.max(1, model.loops.length))) + ' % busy']
    .concat(model.loops.length > 1 ? [number(model.loops.length, 'loop')] : []).join(', ');
  const dropped = model.loops.filter((loop) => loop.dropped).map((loop) => 'Loop of thread ' + loop.name + ': ' + loop.dropped + '.');
  byId('dropped').hidden = dropped.length === 0;
  byId('dropped').textContent = dropped.join(' ');
  fillLongest();
  drawing.resize();
  window.weft = { model, drawing, select, find, show };
}
document.addEventListener('DOMContentLoaded', start);
