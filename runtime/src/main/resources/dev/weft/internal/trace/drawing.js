// Draws the rows that are visible, on a canvas. Spans that share a pixel column are drawn once, the longest bands last.
const ROW = 20, BAR = 14, AXIS = 26, LABELS = 270;

class Drawing {
  constructor(model, canvas, overview) {
    Object.assign(this, { model, canvas, overview, from: model.from, to: model.to, selected: -1, hovered: -1, found: null, rowsFound: null, frames: [] });
    this.isQueued = false;
    this.readColours();
  }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue('--' + name).trim();
    this.colours = Object.fromEntries(['page', 'card', 'text', 'soft', 'rule', 'stripe', 'accent', 'callback', 'idle', 'wait', 'match', 'on-span'].map((name) => [name, colour(name)]));
    this.bands = [0, 1, 2, 3].map((b) => colour('b' + b));
    this.overviewImage = null;
    this.later();
  }

  resize() {
    const scale = devicePixelRatio || 1, box = this.canvas.parentElement;
    this.width = box.clientWidth;
    this.height = box.clientHeight;
    for (const [canvas, width, height] of [[this.canvas, this.width, this.height], [this.overview, this.overview.clientWidth, 54]]) {
      canvas.width = width * scale;
      canvas.height = height * scale;
      canvas.getContext('2d').scale(scale, scale);
    }
    this.canvas.style.width = this.width + 'px';
    this.canvas.style.height = this.height + 'px';
    document.getElementById('spacer').style.height = Math.max(0, AXIS + this.model.rows.length * ROW + 12 - this.height) + 'px';
    this.overviewImage = null;
    this.later();
  }

  x(time) { return LABELS + (time - this.from) / (this.to - this.from) * (this.width - LABELS); }
  time(x) { return this.from + (x - LABELS) / (this.width - LABELS) * (this.to - this.from); }
  y(row) { return AXIS + row * ROW - this.canvas.parentElement.scrollTop; }
  rowAt(y) { return y < AXIS ? -1 : Math.floor((y - AXIS + this.canvas.parentElement.scrollTop) / ROW); }

  later() {
    if (this.isQueued) return;
    this.isQueued = true;
    requestAnimationFrame(() => { this.isQueued = false; this.draw(); });
  }

  draw() {
    if (!this.width) return;
    const began = performance.now(), g = this.canvas.getContext('2d');
    g.font = '12px system-ui, sans-serif';
    g.textBaseline = 'middle';
    g.fillStyle = this.colours.card;
    g.fillRect(0, 0, this.width, this.height);
    const first = Math.max(0, this.rowAt(AXIS)), last = Math.min(this.model.rows.length - 1, this.rowAt(this.height));
    g.save();
    g.beginPath();
    g.rect(LABELS, AXIS, this.width - LABELS, this.height - AXIS);
    g.clip();
    for (let row = first; row <= last; row++) this.drawRow(g, row);
    this.drawFailures(g, first, last);
    this.drawArrows(g);
    this.drawSelection(g);
    g.restore();
    for (let row = first; row <= last; row++) this.drawLabel(g, row);
    this.drawAxis(g);
    this.drawOverview();
    this.frames.push(performance.now() - began);
    if (this.frames.length > 200) this.frames.shift();
  }

  drawRow(g, row) {
    const y = this.y(row);
    g.fillStyle = row % 2 ? this.colours.stripe : this.colours.card;
    g.fillRect(LABELS, y, this.width - LABELS, ROW);
    const isDim = this.found !== null;
    g.globalAlpha = isDim ? 0.22 : 1;
    for (let b = 0; b < BANDS; b++) this.drawBucket(g, this.model.shown, row * BANDS + b, b, y, !isDim);
    g.globalAlpha = 1;
    if (isDim) for (let b = 0; b < BANDS; b++) this.drawBucket(g, this.found, row * BANDS + b, b, y, true);
  }

  drawBucket(g, lists, bucket, band, y, hasText) {
    const { start, end, level } = this.model, spans = lists.spans, stop = lists.offset[bucket + 1], first = lists.offset[bucket];
    const pixel = (this.to - this.from) / (this.width - LABELS);
    let i = Math.max(first, search(spans, start, first, stop, this.from) - 4);
    const least = band ? 2 : 1;
    while (i < stop && start[spans[i]] <= this.to) {
      const span = spans[i], left = this.x(start[span]), right = this.x(end[span]);
      this.drawWait(g, span, right, y);
      if (right >= LABELS) {
        g.fillStyle = this.colourOf(span, band);
        const inset = level[span] * 3, wide = Math.max(least, right - left);
        g.fillRect(left, y + 3 + inset, wide > 3 ? wide - 0.5 : wide, BAR - 2 * inset);
        if (hasText && wide > 44 && this.model.kind[span] !== IDLE) this.drawText(g, titleOf(this.model, span), left, right, y, this.colours['on-span']);
      }
      i = right - left >= 1 ? i + 1 : Math.max(i + 1, search(spans, start, i + 1, stop, start[span] + pixel));
    }
  }

  colourOf(span, band) {
    const kind = this.model.kind[span];
    return kind === IDLE ? this.colours.idle : band === 0 && kind === CALLBACK ? this.colours.callback : this.bands[band];
  }

  // A thin line from a step to the next one of its task: the task waits.
  drawWait(g, span, right, y) {
    const next = this.model.next[span];
    const left = Math.max(LABELS, right);
    const until = next >= 0 ? this.x(this.model.start[next]) : this.model.state[span] < ENDED && this.model.task[span] >= 0 ? this.width : left;
    if (until - left < 2) return;
    g.fillStyle = this.colours.wait;
    g.fillRect(left, y + ROW / 2 - 1, Math.min(until, this.width) - left, 2);
    if (until - left > 90 && this.model.wait[span]) {
      this.drawText(g, this.model.wait[span], left + 2, Math.min(until, this.width), y - 0.5, this.colours.soft, this.colours.card);
    }
  }

  drawText(g, text, left, right, y, colour, behind) {
    const from = Math.max(left, LABELS) + 4, room = Math.min(right, this.width) - from - 4;
    if (room < 24) return;
    const most = Math.floor(room / 6.4), shown = text.length > most ? text.slice(0, Math.max(1, most - 1)) + '\u2026' : text;
    if (behind) { g.fillStyle = behind; g.fillRect(from - 2, y + 2, g.measureText(shown).width + 4, ROW - 4); }
    g.fillStyle = colour;
    g.fillText(shown, from, y + ROW / 2 + 0.5);
  }

  drawLabel(g, row) {
    const y = this.y(row), { label, depth, isLoop } = this.model.rows[row];
    const isSelected = this.selected >= 0 && this.model.row[this.selected] === row;
    g.fillStyle = isSelected ? this.colours.rule : row % 2 ? this.colours.stripe : this.colours.card;
    g.fillRect(0, y, LABELS, ROW);
    const left = 10 + Math.min(depth, 10) * 11, room = LABELS - left - 8, most = Math.floor(room / 6.3);
    g.font = isLoop ? '600 12px system-ui, sans-serif' : '12px system-ui, sans-serif';
    g.fillStyle = this.rowsFound === null ? this.colours.text : this.rowsFound.has(row) ? this.colours.match : this.colours.soft;
    g.fillText(label.length > most ? label.slice(0, most - 1) + '\u2026' : label, left, y + ROW / 2 + 0.5);
    g.font = '12px system-ui, sans-serif';
    g.fillStyle = this.colours.rule;
    g.fillRect(LABELS - 1, y, 1, ROW);
    for (let d = 1; d < Math.min(depth, 10); d++) g.fillRect(14 + d * 11, y, 1, ROW);
  }

  drawAxis(g) {
    g.fillStyle = this.colours.page;
    g.fillRect(0, 0, this.width, AXIS);
    g.fillStyle = this.colours.rule;
    g.fillRect(0, AXIS - 1, this.width, 1);
    g.fillStyle = this.colours.soft;
    g.fillText(duration(this.to - this.from) + ' shown', 10, AXIS / 2);
    const step = roundUp((this.to - this.from) / (this.width - LABELS) * 110);
    const { from } = this.model;
    for (let t = Math.ceil((this.from - from) / step) * step; t <= this.to - from; t += step) {
      const x = this.x(t + from);
      g.fillStyle = this.colours.rule;
      g.fillRect(x, AXIS - 7, 1, 7);
      g.fillStyle = this.colours.soft;
      g.fillText(tick(t, step), x + 4, AXIS / 2);
    }
  }

  drawFailures(g, first, last) {
    g.fillStyle = this.bands[3];
    g.font = '700 14px system-ui, sans-serif';
    for (let row = first; row <= last; row++) {
      let right = -Infinity;
      for (const time of this.model.failures.get(row) || []) {
        const x = this.x(time);
        if (x < right + 2 || x > this.width) continue;
        g.fillText('\u00d7', x - 3, this.y(row) + ROW / 2);
        right = x;
      }
    }
    g.font = '12px system-ui, sans-serif';
  }

  drawSelection(g) {
    for (const span of [this.hovered, this.selected]) {
      if (span < 0) continue;
      const left = this.x(this.model.start[span]), width = Math.max(3, this.x(this.model.end[span]) - left);
      g.strokeStyle = this.colours.text;
      g.lineWidth = span === this.selected ? 2 : 1;
      g.strokeRect(left - 1, this.y(this.model.row[span]) + 2, width + 2, BAR + 2);
    }
  }

  // The arrows of the selected step, and more faintly the steps that have led to it.
  drawArrows(g) {
    if (this.selected < 0) return;
    for (const arrow of this.model.arrowsOut.get(this.selected) || []) this.drawArrow(g, arrow, 1);
    const chain = causes(this.model, this.selected);
    chain.forEach((arrow, i) => this.drawArrow(g, arrow, i === 0 && this.model.arrowIn[this.selected] === arrow ? 1 : 0.4));
  }

  drawArrow(g, arrow, alpha) {
    const { from, to, time } = this.model.arrows, { row, start } = this.model;
    const x0 = this.x(time[arrow]), x1 = this.x(start[to[arrow]]);
    if (Math.max(x0, x1) < LABELS - 2000 || Math.min(x0, x1) > this.width + 2000) return;
    const y0 = this.y(row[from[arrow]]) + ROW / 2, y1 = this.y(row[to[arrow]]) + ROW / 2, bend = Math.max(14, Math.min(60, Math.abs(x1 - x0) / 2));
    g.globalAlpha = alpha;
    g.strokeStyle = g.fillStyle = this.colours.accent;
    g.lineWidth = 1.8;
    g.beginPath();
    g.moveTo(x0, y0);
    g.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1 - 5, y1);
    g.stroke();
    g.beginPath();
    g.moveTo(x1, y1);
    g.lineTo(x1 - 7, y1 - 4);
    g.lineTo(x1 - 7, y1 + 4);
    g.fill();
    g.beginPath();
    g.arc(x0, y0, 2.5, 0, 7);
    g.fill();
    g.globalAlpha = 1;
  }

  // ---- the overview: how busy the loops are, with a mark for each long step

  drawOverview() {
    const width = this.overview.clientWidth, g = this.overview.getContext('2d');
    this.overviewImage = this.overviewImage || this.load(width);
    g.clearRect(0, 0, width, 54);
    const { busy, slow } = this.overviewImage;
    for (let x = 0; x < width; x++) {
      g.fillStyle = this.bands[slow[x]];
      const height = Math.max(busy[x] > 0 ? 2 : 0, Math.min(1, busy[x]) * 46);
      g.fillRect(x, 54 - height, 1, height);
      if (slow[x] >= 2) g.fillRect(x, 0, 1, 6);
    }
    const total = this.model.to - this.model.from || 1;
    const left = (this.from - this.model.from) / total * width, right = (this.to - this.model.from) / total * width;
    g.fillStyle = this.colours.text;
    g.globalAlpha = 0.13;
    g.fillRect(0, 0, left, 54);
    g.fillRect(right, 0, width - right, 54);
    g.globalAlpha = 1;
    g.fillStyle = this.colours.accent;
    g.fillRect(left, 0, 2, 54);
    g.fillRect(right - 2, 0, 2, 54);
  }

  load(width) {
    const { model } = this, busy = new Float64Array(width), slow = new Uint8Array(width), column = (model.to - model.from) / width || 1;
    for (let i = 0; i < model.count; i++) {
      if (model.kind[i] === IDLE) continue;
      const from = (model.start[i] - model.from) / column, to = (model.end[i] - model.from) / column, share = model.own[i] / Math.max(1, model.end[i] - model.start[i]);
      const b = band(model, i);
      for (let x = Math.floor(from); x <= to && x < width; x++) {
        busy[x] += share * Math.max(0, Math.min(to, x + 1) - Math.max(from, x));
        slow[x] = Math.max(slow[x], b);
      }
    }
    return { busy, slow };
  }

  spanAt(x, y) {
    const row = this.rowAt(y), slack = (this.to - this.from) / (this.width - LABELS) * 3, time = this.time(x);
    if (x < LABELS || row < 0 || row >= this.model.rows.length) return -1;
    let found = -1, distance = Infinity;
    for (let b = 0; b < BANDS; b++) {
      const bucket = row * BANDS + b, { offset, spans } = this.model.shown;
      const i = search(spans, this.model.start, offset[bucket], offset[bucket + 1], time + slack);
      for (let k = i - 1; k >= Math.max(offset[bucket], i - 6); k--) {
        const span = spans[k], away = Math.max(0, this.model.start[span] - time, time - this.model.end[span]) - this.model.level[span];
        if (away <= slack && (away < distance || (away === distance && b > 0))) { found = span; distance = away; }
      }
    }
    return found;
  }
}

// The first place in spans[from] ... spans[to - 1] whose span starts at the time or after it.
function search(spans, start, from, to, time) {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (start[spans[middle]] < time) from = middle + 1; else to = middle;
  }
  return from;
}

// The arrows into a step and into the steps before, at most 12.
function causes(model, span) {
  const arrows = [];
  for (let i = 0; span >= 0 && i < 200 && arrows.length < 12; i++) {
    const arrow = model.arrowIn[span];
    if (arrow >= 0) arrows.push(arrow);
    span = arrow >= 0 ? model.arrows.from[arrow] : model.previous[span];
  }
  return arrows;
}

function roundUp(nanos) {
  const power = 10 ** Math.floor(Math.log10(nanos));
  return [1, 2, 5, 10].map((k) => k * power).find((step) => step >= nanos);
}

function tick(time, step) {
  const [size, unit] = Math.abs(time) >= 1e9 || step >= 1e9 ? [1e9, 's'] : step >= 1e5 || Math.abs(time) >= 1e6 ? [1e6, 'ms'] : step >= 1e2 ? [1e3, '\u00b5s'] : [1, 'ns'];
  return (time / size).toFixed(Math.max(0, Math.min(9, Math.ceil(-Math.log10(step / size) - 1e-9)))) + ' ' + unit;
}
