// The rows of the trees. Elements are kept from picture to picture, so that focus and selected text stay.
const make = (tag, className = '', text = '') => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};
const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
const mark = (element, name, value) => { if (element.getAttribute(name) !== value) element.setAttribute(name, value); };

// Puts elements in order below a parent, and moves none that is in its place.
function arrange(parent, elements) {
  const wanted = new Set(elements);
  [...parent.children].forEach((child) => { if (!wanted.has(child)) child.remove(); });
  elements.forEach((element, i) => { if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] || null); });
}

// Writes elements again only if what they show has changed.
function fill(parent, sign, writer) {
  if (parent.sign === sign) return;
  parent.sign = sign;
  parent.textContent = '';
  writer(parent);
}

function frameList(lines, own) {
  const list = make('ol', 'frames');
  lines.forEach((line, i) => list.append(make('li', i === own ? 'own' : '', 'at ' + printable(line))));
  return list;
}

class Rows {
  constructor(view) {
    this.view = view;
    this.elements = new Map();
  }

  // Returns the elements of the rows of a loop.
  show(loop, rows, found) {
    return rows.map((row) => {
      const element = this.elements.get(row.key) || this.create(row.key);
      element.isUsed = true;
      element.row = row;
      const isBad = row.kind === 'node' && row.node.isBad, isFound = row.kind === 'node' && found && found.matches.has(row.node);
      const type = row.kind === 'node' ? row.node.kind : 'more';
      mark(element, 'class', 'row is-' + type + (isBad ? ' bad' : '') + (isFound ? ' found' : '') + (element.isFlashing ? ' flash' : ''));
      mark(element, 'aria-level', String(row.depth + 1));
      element.cells[0].style.paddingLeft = 14 * Math.min(row.depth, INDENTED) + 'px';
      if (type === 'more') this.more(element, row);
      else this.node(element, row.node, found);
      return element;
    });
  }

  // Forgets the elements that no row has used.
  sweep() {
    this.elements.forEach((element, key) => { if (!element.isUsed) this.elements.delete(key); element.isUsed = false; });
  }

  create(key) {
    const element = make('div', 'row'), line = make('div', 'line');
    element.setAttribute('role', 'treeitem');
    element.tabIndex = -1;
    element.key = key;
    element.cells = ['task', 'state', '', 'at', 'n', 'n'].map((name) => make('span', name));
    line.append(...element.cells);
    element.parts = { twist: make('i'), name: make('span'), id: make('span', 'id'), badge: make('b', 'badge') };
    element.cells[0].append(...Object.values(element.parts));
    element.detail = make('div', 'detail');
    element.append(line);
    this.elements.set(key, element);
    return element;
  }

  node(element, node, found) {
    const { twist, name, id, badge } = element.parts, { collapsed } = this.view, isTask = node.kind === 'task';
    const hasChildren = node.children.length > 0, isOpen = found || !collapsed.has(node.key);
    write(twist, hasChildren ? isOpen ? '\u25be' : '\u25b8' : '');
    if (hasChildren) mark(element, 'aria-expanded', String(Boolean(isOpen))); else element.removeAttribute('aria-expanded');
    write(name, printable(node.name));
    mark(name, 'title', printable(node.name));
    write(id, isTask ? '#' + node.id : 'of ' + count(node.size, 'task') + (node.state === 'open' ? '' : ', ' + node.state));
    write(badge, !isOpen && node.leadsToBad ? 'problem inside' : node.badge);
    badge.hidden = badge.textContent === '';
    const cells = isTask ? this.cells(node) : ['', '', '', '', ''];
    cells.forEach((text, i) => {
      write(element.cells[i + 1], text);
      mark(element.cells[i + 1], 'title', text);
    });
    mark(element.cells[1], 'class', 'state ' + (node.state || ''));
    if (isTask && this.view.opened.has(node.key)) {
      if (!element.detail.isConnected) element.append(element.detail);
      this.detail(element.detail, node);
    } else element.detail.remove();
  }

  cells(task) {
    const { time } = this.view, unchanged = Math.max(0, time - task.since) / 1000, { stuck } = task.loop;
    const at = task.badge === 'stuck' && stuck.own >= 0 ? shortLine(stuck.frames[stuck.own]) : task.stack.length ? shortRouteOf(task.stack[0]) : '';
    return [
      task.state,
      (task.badge === 'stuck' ? '(its step does not end)' : printable(task.waits)) + (task.cancelling > 0 ? ' (cancellation requested)' : ''),
      printable(at),
      task.steps > 0 ? count(task.steps, 'step') : (task.isFirst ? '\u2265 ' : '') + duration(unchanged),
      task.age === undefined ? '' : duration(task.age),
    ];
  }

  more(element, row) {
    const { twist, name, id, badge } = element.parts;
    const text = row.kind === 'unlisted' ? 'and ' + count(row.number, 'more task') + ', not listed one by one'
      : row.number < 0 ? 'more rows: show ' + ROWS + ' more' : 'and ' + count(row.number) + ' more: show ' + Math.min(SIBLINGS, row.number) + ' of them';
    [twist, id, badge].forEach((part) => write(part, ''));
    badge.hidden = true;
    write(name, text);
    mark(name, 'class', row.kind === 'unlisted' ? 'soft' : 'link');
  }

  // Returns a button that shows a task.
  link(task) {
    const button = make('button', 'link', printable(task.name) + ' #' + task.id);
    button.onclick = () => this.view.reveal(task.key);
    return button;
  }

  links(tasks, most = 20) {
    const list = make('span');
    tasks.slice(0, most).forEach((task, i) => list.append(i ? ', ' : '', this.link(task)));
    if (tasks.length > most) list.append(' and ' + count(tasks.length - most) + ' more');
    return list;
  }

  detail(box, task) {
    const awaited = task.waitsFor.slice(0, 100).map((id) => task.loop.tasks.get(id)).filter(Boolean), creator = task.loop.tasks.get(task.creator), most = 60;
    const sign = JSON.stringify([task.waits, task.state, awaited.map((other) => other.id), task.waiters.map((other) => other.id), task.stack, task.locals, task.cancelling, task.steps]);
    fill(box, sign, () => {
      const list = make('dl');
      const row = (key, ...values) => { const dd = make('dd'); dd.append(...values); list.append(make('dt', '', key), dd); };
      row(task.waits ? 'waits for' : 'state', printable(task.waits || task.state));
      if (awaited.length) row('continues after', this.links(awaited));
      if (task.waiters.length) row('waited for by', this.links(task.waiters));
      if (task.stack.length) {
        const frames = frameList(task.stack.slice(0, most).map(routeOf), -1);
        if (task.stack.length > most) frames.append(make('li', '', 'and ' + count(task.stack.length - most, 'more await')));
        row('await chain', frames);
      }
      if (creator) row('created by', this.link(creator));
      if (task.steps) row('last second', count(task.steps, 'step'));
      if (task.locals.length) row('task-locals', printable(task.locals.join(', ')));
      if (task.cancelling) row('cancellation', 'requested');
      box.append(list);
    });
  }
}
