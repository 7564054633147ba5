// The connection, the problems, the table of loops, and the keys.
function start() {
  const RETRY = 2000, LATE = 15000;
  const byId = (id) => document.getElementById(id), title = document.body.dataset.title;
  const view = { collapsed: new Set(), opened: new Set(), more: new Map(), seen: new Map(), stuckSince: new Map(), firstCounts: new Map(), isStackOpen: false, time: 0, reveal };
  const rows = new Rows(view), sections = new Map();
  let token = '', known = 0, loops = [], isPaused = false, isEnded = false, isAsking = false;

  // ---- the connection

  // The token leaves the address bar at once. The tab keeps it, so that the page can be loaded again.
  function takeToken() {
    if (location.hash.length > 1) {
      sessionStorage.setItem('token', location.hash.slice(1));
      history.replaceState(null, '', location.pathname);
    }
    token = sessionStorage.getItem('token') || '';
  }

  async function ask() {
    if (isAsking || isPaused || isEnded || document.hidden) return;
    isAsking = true;
    const picture = await fetched();
    if (picture) {
      try {
        take(picture);
      } catch (failure) {
        console.error(failure);
        say('bad', 'failed', 'This page cannot show the newest picture: ' + failure + '.' + lastPicture());
      }
    }
    isAsking = false;
    setTimeout(ask, picture ? 0 : RETRY);
  }

  // Returns a picture; null, after a notice, if there is none.
  async function fetched() {
    try {
      const reply = await fetch('/data?after=' + known, { headers: { Authorization: 'Bearer ' + token }, cache: 'no-store', signal: AbortSignal.timeout(LATE) });
      if (reply.ok) return await reply.json();
      if (reply.status === 403) {
        say('bad', 'no access', 'This page needs the link that weft web has printed. A link is valid until its command ends: copy the current one to the address bar.');
        return null;
      }
    } catch (unreachable) { /* said below */ }
    say('bad', 'no connection', 'The command weft web does not answer: it has ended, or the machine is busy.' + lastPicture());
    return null;
  }

  const lastPicture = () => view.time ? ' This is the last picture, of ' + clock(view.time) + '.' : '';
  const clock = (time) => new Date(time).toLocaleTimeString('en', { hourCycle: 'h23' });

  function take(picture) {
    isEnded = picture.ended;
    if (isPaused && !isEnded) return;
    if (picture.loops && picture.number > known && !isPaused) {
      known = picture.number;
      view.time = picture.time;
      loops = picture.loops.map((raw) => readLoop(raw, picture.steps));
      remember(view.seen, loops, view.time);
      show();
    } else if (!isPaused) known = Math.max(known, picture.number);
    if (isEnded) say('bad', 'ended', picture.message + '.' + lastPicture());
    else if (picture.message) say('bad', 'no answer', picture.message + '.' + lastPicture());
    else if (picture.silent > 2000) say('bad', 'no answer', 'The program has not answered for ' + duration(picture.silent / 1000) + '.' + lastPicture());
    else if (picture.loops) say('live', 'live, ' + clock(view.time), '');
  }

  function say(kind, status, notice) {
    mark(byId('status'), 'class', kind);
    write(byId('status'), status);
    byId('notice').hidden = notice === '';
    write(byId('notice'), printable(notice));
  }

  function pause(isOn) {
    isPaused = isOn;
    mark(byId('pause'), 'aria-pressed', String(isOn));
    write(byId('pause'), isOn ? 'Continue' : 'Pause');
    if (isOn) say('', 'paused, ' + clock(view.time), '');
    else {
      isEnded = false;
      ask();
    }
  }

  // ---- what is shown

  function show() {
    const query = byId('search').value.trim().toLowerCase();
    const focused = document.activeElement, ordered = [...loops].sort((a, b) => Boolean(b.stuck) - Boolean(a.stuck));
    problems(ordered);
    table(ordered);
    let matches = 0;
    arrange(byId('trees'), ordered.map((loop) => {
      const found = query ? find(loop, query) : null;
      matches += found ? found.matches.size : 0;
      return section(loop, found);
    }));
    rows.sweep();
    write(byId('matches'), query ? count(matches, 'task') + ' found' + (ordered.some(isPartial) ? ' of those listed' : '') : '');
    byId('unfound').hidden = !query || matches > 0 || !ordered.some(isPartial);
    if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    if (!byId('trees').querySelector('.row[tabindex="0"]')) roam(byId('trees').querySelector('.row'));
  }
  const isPartial = (loop) => loop.tasks.size < loop.counts.tasks;

  function problems(ordered) {
    const stuck = ordered.filter((loop) => loop.stuck), cycles = ordered.flatMap((loop) => loop.deadlocks), most = 5;
    const names = new Set(stuck.map((loop) => loop.name + loop.stuck.step));
    view.stuckSince.forEach((since, name) => { if (!names.has(name)) view.stuckSince.delete(name); });
    names.forEach((name) => { if (!view.stuckSince.has(name)) view.stuckSince.set(name, view.time); });
    const sign = JSON.stringify([stuck.map((loop) => [loop.name, loop.stuck]), cycles.map((cycle) => cycle.map((task) => [task.key, task.waits, task.name])), ordered.some(isPartial)]);
    fill(byId('problems'), sign, (box) => {
      stuck.forEach((loop) => box.append(stuckCard(loop)));
      cycles.slice(0, most).forEach((cycle) => box.append(deadlockCard(cycle)));
      if (cycles.length > most) box.append(make('p', 'soft', 'and ' + count(cycles.length - most, 'more deadlock') + '; the tasks have a badge'));
      if (!box.firstChild) box.append(make('p', 'fine', 'No loop is stuck, and no tasks wait for each other' + (ordered.some(isPartial) ? ' among those that are listed one by one.' : '.')));
    });
    byId('problems').querySelectorAll('.since').forEach((element) => write(element, duration(1 + (view.time - view.stuckSince.get(element.dataset.name)) / 1000)));
    document.title = (stuck.length ? '(stuck) ' : cycles.length ? '(deadlock) ' : '') + title;
  }

  function stuckCard(loop) {
    const card = make('div', 'problem'), head = make('h2'), text = make('p'), since = make('b', 'since'), { stuck } = loop, shown = stuck.own + 1 || 5, most = 200;
    since.dataset.name = loop.name + stuck.step;
    const at = stuck.own >= 0 ? ' at ' + printable(shortLine(stuck.frames[stuck.own])) : '';
    head.append('Loop ' + loop.name + (stuck.step ? ' is stuck in a step of ' + printable(stuck.step) + at : ' does not answer, and no step runs'));
    text.append('No other task of this loop runs. The loop has not answered for at least ', since, '; ' + printable(stuck.thread) + '. ');
    const tasks = [...loop.tasks.values()].filter((task) => task.badge === 'stuck');
    if (tasks.length) text.append('Show ', rows.links(tasks), '.');
    card.append(head, text, frameList(stuck.frames.slice(0, shown), stuck.own));
    if (stuck.frames.length > shown) {
      const rest = make('details');
      rest.append(make('summary', '', count(stuck.frames.length - shown, 'more frame')), frameList(stuck.frames.slice(shown, most), -1));
      rest.open = view.isStackOpen;
      rest.ontoggle = () => { view.isStackOpen = rest.open; };
      card.append(rest);
    }
    return card;
  }

  function deadlockCard(cycle) {
    const card = make('div', 'problem'), list = make('ol'), most = 10;
    card.append(make('h2', '', 'Deadlock in loop ' + cycle[0].loop.name + ': ' + (cycle.length === 1 ? 'a task waits for itself' : cycle.length + ' tasks wait for each other')), list);
    cycle.slice(0, most).forEach((task) => {
      const item = make('li');
      item.append(rows.link(task), ' waits for ' + printable(task.waits) + ' ', make('span', 'at', task.stack.length ? 'at ' + printable(shortRouteOf(task.stack[0])) : ''));
      list.append(item);
    });
    if (cycle.length > most) card.append(make('p', 'soft', 'and ' + count(cycle.length - most, 'more task') + ', which have a badge in the tree'));
    return card;
  }

  function table(ordered) {
    byId('loops').hidden = false;
    const body = byId('loops').tBodies[0];
    while (body.rows.length > ordered.length) body.deleteRow(-1);
    ordered.forEach((loop, i) => {
      const row = body.rows[i] || body.insertRow(), oldest = [...loop.tasks.values()][0], { measured } = loop;
      while (row.cells.length < 10) row.insertCell();
      mark(row, 'class', loop.stuck ? 'bad' : '');
      ['', '', 'n', 'n', 'n', 'n', 'n'].forEach((name, cell) => mark(row.cells[cell], 'class', name));
      const states = Object.entries(loop.counts.states).map(([state, number]) => count(number) + ' ' + state.toLowerCase()).join(', ');
      [loop.name, printable(loop.thread || loop.stuck && loop.stuck.thread || ''), ...(loop.isRead ? [loop.counts.tasks, loop.counts.ready, loop.counts.timers].map((number) => count(number)) : ['-', '-', '-']),
        measured ? count(measured.rate) : '-', measured && measured.busy !== undefined ? measured.busy + ' %' : measured ? '0 %' : '-',
        measured && measured.longest ? measured.longest + ' of ' + printable(measured.owner) : '-',
        oldest && oldest.age !== undefined ? duration(oldest.age) + ', ' + printable(oldest.name) : '-', (loop.stuck ? 'stuck; ' : '') + (states || 'no tasks')].forEach((text, cell) => write(row.cells[cell], text));
    });
  }

  function section(loop, found) {
    let box = sections.get(loop.name);
    if (!box) {
      box = make('section');
      box.parts = { head: make('h2'), note: make('p', 'note'), kinds: make('details'), columns: make('div', 'head'), tree: make('div') };
      box.append(...Object.values(box.parts));
      box.parts.tree.setAttribute('role', 'tree');
      box.parts.columns.append(...['Task', 'State', 'Waits for', 'At', 'Unchanged', 'Age'].map((name, i) => make('span', i > 3 ? 'n' : '', name)));
      box.parts.kinds.open = isPartial(loop);
      sections.set(loop.name, box);
    }
    const { head, note, kinds, tree } = box.parts;
    write(head, 'Loop ' + loop.name + ', thread ' + printable(loop.thread || '?') + ': ' + count(loop.counts.tasks, 'task'));
    mark(tree, 'aria-label', 'Tasks of loop ' + loop.name);
    note.hidden = !loop.approximate;
    write(note, loop.isRead ? 'Approximate: ' + printable(loop.approximate) + '.' : 'The tasks have changed while they were read: ' + printable(loop.approximate) + '.');
    kinds.hidden = loop.counts.tasks < 20;
    if (!kinds.hidden) fill(kinds, JSON.stringify(loop.kinds), () => kindTable(loop, kinds));
    arrange(tree, rows.show(loop, rowsOf(loop, view, found, loops.length), found));
    return box;
  }

  function kindTable(loop, box) {
    const most = 15, list = make('table'), body = make('tbody');
    list.append(body);
    loop.kinds.slice(0, most).forEach((kind) => {
      const row = body.insertRow(), oldest = loop.tasks.get(kind.oldest), key = JSON.stringify([loop.name, kind.body, kind.place, kind.state]);
      if (!view.firstCounts.has(key)) view.firstCounts.set(key, view.firstCounts.size < 10000 ? kind.count : null);
      const more = kind.count - (view.firstCounts.get(key) ?? kind.count);
      [count(kind.count), more ? (more > 0 ? '+' : '') + count(more) + ' while this page is open' : '', kind.state.toLowerCase(), printable(kind.body || (kind.state === 'NEW' ? 'not begun' : '-')), kind.place ? 'at ' + printable(shortRouteOf(kind.place)) : ''].forEach((text, i) => { const cell = row.insertCell(); cell.textContent = text; if (!i) cell.className = 'n'; });
      row.insertCell().append('the oldest is ', oldest ? rows.link(oldest) : '#' + kind.oldest);
    });
    box.append(make('summary', '', 'All tasks, counted by what they do'), list);
    if (loop.kinds.length > most) box.append(make('p', 'soft', 'and ' + count(loop.kinds.length - most, 'more kind')));
  }

  // ---- rows: a click, the keys

  function roam(row) {
    byId('trees').querySelectorAll('.row[tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
    if (row) row.tabIndex = 0;
  }
  function focus(row) {
    if (!row) return;
    roam(row);
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }
  function toggle(set, key, isIn = !set.has(key)) {
    if (isIn) set.add(key); else set.delete(key);
    show();
  }
  function press(row, isTwist) {
    const { kind, node, of, most, number } = row.row;
    if (kind === 'more') {
      view.more.set(of, most + (number < 0 ? ROWS : SIBLINGS));
      show();
    } else if (kind === 'node' && (isTwist || node.kind === 'group')) toggle(view.collapsed, node.key);
    else if (kind === 'node') toggle(view.opened, node.key);
  }

  // Shows a task: without the search, below expanded parents, among so many siblings that it is one of them.
  function reveal(key) {
    const task = loops.flatMap((loop) => [...loop.tasks.values()]).find((other) => other.key === key);
    if (!task) return;
    byId('search').value = '';
    for (let node = task; node; node = node.parent) {
      const siblings = node.parent ? node.parent.children : node.loop.roots, of = node.parent ? node.parent.key : node.loop.name + '/roots', place = siblings.indexOf(node);
      if (node.parent) view.collapsed.delete(node.parent.key);
      if (place >= (view.more.get(of) || SIBLINGS)) view.more.set(of, place + 1);
    }
    view.opened.add(key);
    while (!rowsOf(task.loop, view, null, loops.length).some((row) => row.key === key)) view.more.set(task.loop.name, (view.more.get(task.loop.name) || 0) + ROWS);
    show();
    const row = rows.elements.get(key);
    row.isFlashing = true;
    row.classList.add('flash');
    setTimeout(() => { row.isFlashing = false; row.classList.remove('flash'); }, 1500);
    focus(row);
    row.scrollIntoView({ block: 'center' });
  }

  function collapseAll(isOn) {
    view.collapsed.clear();
    const add = (node) => { if (isOn && node.children.length) view.collapsed.add(node.key); };
    loops.forEach((loop) => loop.tasks.forEach((task) => { add(task); task.children.filter((child) => child.kind === 'group').forEach(add); }));
    show();
  }

  const treeKeys = {
    ArrowDown: (row, all) => focus(all[all.indexOf(row) + 1]), ArrowUp: (row, all) => focus(all[all.indexOf(row) - 1]),
    Home: (row, all) => focus(all[0]), End: (row, all) => focus(all[all.length - 1]),
    ArrowLeft: (row) => { const { node } = row.row; if (node && node.children.length && !view.collapsed.has(node.key)) toggle(view.collapsed, node.key, true); else if (node && node.parent) focus(rows.elements.get(node.parent.key)); },
    ArrowRight: (row, all) => { const { node } = row.row; if (node && view.collapsed.has(node.key)) toggle(view.collapsed, node.key, false); else if (node && node.children.length) focus(all[all.indexOf(row) + 1]); },
    Enter: (row) => press(row, false), ' ': (row) => press(row, false),
  };
  const keys = {
    '/': () => byId('search').focus(), p: () => pause(!isPaused), e: () => collapseAll(false), c: () => collapseAll(true),
    '?': () => { byId('help').hidden = !byId('help').hidden; }, Escape: () => { byId('help').hidden = true; },
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === byId('search')) {
      if (event.key === 'Escape') { byId('search').value = ''; show(); }
      if (event.key === 'Escape' || event.key === 'Enter') focus(byId('trees').querySelector('.row.found') || byId('trees').querySelector('.row'));
      return;
    }
    const row = event.target.classList && event.target.classList.contains('row') ? event.target : null;
    const all = row && Object.hasOwn(treeKeys, event.key) ? [...byId('trees').querySelectorAll('.row')] : null;
    if (!all && !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    if (all) treeKeys[event.key](row, all); else keys[event.key]();
  });
  byId('trees').addEventListener('click', (event) => {
    const row = event.target.closest('.row');
    if (!row || event.target.closest('.detail') || getSelection().toString() !== '') return;
    roam(row);
    row.focus({ preventScroll: true });
    press(row, event.target.tagName === 'I');
  });
  byId('search').addEventListener('input', show);
  byId('expand').onclick = keys.e;
  byId('collapse').onclick = keys.c;
  byId('pause').onclick = keys.p;
  byId('help-button').onclick = keys['?'];
  document.addEventListener('visibilitychange', ask);
  addEventListener('hashchange', () => { takeToken(); known = 0; isEnded = false; ask(); });
  takeToken();
  ask();
}
start();
