'use strict';
// What a page does beyond being read: colours, search, and for each figure folding, zoom and choice.
// Columns and their order are the layout's; here only what is visible is put under one another anew.

const BOX = 26, PASSING = 4, GAP = 10, MARGIN = 16, CROWD = 30;

function make(parent, name, attributes, text) {
  const made = document.createElementNS(parent.namespaceURI, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

function figure(root, data) {
  const svg = root.querySelector('svg'), canvas = root.querySelector('.canvas');
  const tells = root.querySelector('.chosen');
  const boxes = data.boxes.map((box, at) => ({
    ...box, at, element: svg.querySelector(`[data-box="${at}"]`), width: data.widths[at].px,
    outs: [], ins: [], needs: [], needed: [], folded: false, shown: true, column: 0, depth: Infinity,
  }));
  const links = data.links.map((link, at) => ({
    from: boxes[link.from], to: boxes[link.to], element: svg.querySelector(`[data-link="${at}"]`), shown: true,
  }));
  for (const link of links) { link.from.outs.push(link); link.to.ins.push(link); }
  for (const {from, to, says} of data.relations) {
    boxes[from].needs.push({other: boxes[to], says});
    boxes[to].needed.push({other: boxes[from], says});
  }
  const columns = data.columns.map((column, at) => column.slots.map(slot => {
    if (!slot.passing) boxes[slot.box].column = at;
    return {box: boxes[slot.box], passing: slot.passing};
  }));
  const original = {width: +svg.getAttribute('width'), height: +svg.getAttribute('height')};
  for (const box of boxes) {
    box.place = box.element.getAttribute('transform');
    box.y = +box.place.match(/ (-?\d+)\)/)[1];
  }
  for (const link of links) {
    link.path = link.element.getAttribute('d');
    link.back = link.element.classList.contains('back');
  }
  let size = original, zoom = 1, chosen = null;

  // ---- what is visible: all that a way of unfolded boxes leads to
  const roots = boxes.filter(box => !box.ins.length);
  function reach(from, each) {
    const reached = new Set(from);
    for (const box of reached) for (const {to} of each(box)) reached.add(to);
    return reached;
  }
  const beginnings = [...roots], met = reach(roots, it => it.outs);
  for (const box of boxes) {
    if (met.has(box)) continue;
    beginnings.push(box);
    for (const other of reach([box], it => it.outs)) met.add(other);
  }
  for (const box of beginnings) box.depth = 0;
  for (const box of reach(beginnings, it => it.outs)) {
    for (const {to} of box.outs) to.depth = Math.min(to.depth, box.depth + 1);
  }

  function foldFar() {
    let depth = 1;
    while (boxes.filter(box => box.depth <= depth + 1).length <= CROWD && depth < boxes.length) depth++;
    for (const box of boxes) box.folded = box.outs.length > 0 && box.depth >= depth;
  }

  function arrange() {
    const shown = reach(beginnings, box => box.folded ? [] : box.outs);
    for (const box of boxes) {
      box.shown = shown.has(box);
      box.element.style.display = box.shown ? '' : 'none';
    }
    for (const link of links) {
      link.shown = link.from.shown && link.to.shown && !link.from.folded;
      link.element.style.display = link.shown ? '' : 'none';
    }
    if (shown.size === boxes.length) {
      size = original;
      for (const box of boxes) box.element.setAttribute('transform', box.place);
      for (const link of links) link.element.setAttribute('d', link.path);
    } else {
      place();
    }
    for (const box of boxes) badge(box);
    resize();
  }

  // ---- where it lies, as Layout does it: the longest way to a box is its column, links to one box
  // share a slot in each column between, and all lie near the middle of their neighbours. The order
  // from above is that of the whole picture.
  function place() {
    const column = new Map(), ways = new Map(), left = new Map(), right = new Map();
    const open = links.filter(link => link.shown && !link.back);
    for (const box of [...boxes].sort((a, b) => a.column - b.column)) {
      const before = box.ins.filter(link => link.shown && !link.back).map(link => column.get(link.from) + 1);
      if (box.shown) column.set(box, Math.max(0, ...before));
    }
    const strips = Array.from({length: 1 + Math.max(...column.values())}, () => []);
    const slots = strips.map(() => new Map());
    const slot = (at, box, passing) => {
      if (!slots[at].has(box)) strips[at].push(slots[at].set(box, {box, passing, y: 0}).get(box));
      return slots[at].get(box);
    };
    const join = (map, a, b) => map.has(a) ? map.get(a).add(b) : map.set(a, new Set([b]));
    for (const [box, at] of column) slot(at, box, false);
    for (const link of open) {
      const way = [];
      for (let at = column.get(link.from); at <= column.get(link.to); at++) {
        way.push(slot(at, way.length ? link.to : link.from, way.length > 0 && at < column.get(link.to)));
      }
      ways.set(link, way);
      for (let at = 1; at < way.length; at++) { join(right, way[at - 1], way[at]); join(left, way[at], way[at - 1]); }
    }
    for (const strip of strips) strip.sort((a, b) => a.box.y - b.box.y || a.box.at - b.box.at);
    for (const column of strips) settle(column);
    for (let sweep = 0; sweep < 12; sweep++) {
      const sides = sweep % 2 ? right : left;
      for (const column of sweep % 2 ? [...strips].reverse() : strips) {
        for (const slot of column) {
          const near = [...sides.get(slot) || []];
          if (near.length) slot.wish = near.reduce((sum, other) => sum + other.y, 0) / near.length;
          else slot.wish = slot.y;
        }
        for (const slot of column) slot.y = slot.wish;
        settle(column);
      }
    }
    const all = strips.flat(), half = slot => (slot.passing ? PASSING : BOX) / 2;
    const top = Math.min(...all.map(slot => slot.y - half(slot)));
    let x = MARGIN, width = 0;
    for (const column of strips) {
      width = Math.max(0, ...column.filter(slot => !slot.passing).map(slot => slot.box.width));
      for (const slot of column) Object.assign(slot, {x, wide: width, y: Math.round(slot.y - top) + MARGIN});
      x += width + Math.min(46 + 2 * column.reduce((sum, slot) => sum + (right.get(slot) || []).size | 0, 0), 110);
    }
    const last = strips.at(-1)[0];
    size = {width: last.x + last.wide + MARGIN, height: Math.max(...all.map(slot => slot.y + half(slot))) + MARGIN};
    const at = new Map(all.filter(slot => !slot.passing).map(slot => [slot.box, slot]));
    for (const [box, slot] of at) box.element.setAttribute('transform', `translate(${slot.x} ${slot.y - BOX / 2})`);
    for (const link of links) {
      if (link.shown) link.element.setAttribute('d', path(link, ways.get(link), at));
    }
  }

  function settle(column) {
    const height = slot => slot.passing ? PASSING : BOX;
    const blocks = [];
    let offset = 0;
    column.forEach((slot, at) => {
      const above = column[at - 1];
      if (above) offset += (height(above) + height(slot)) / 2 + (above.passing && slot.passing ? PASSING : GAP);
      slot.offset = offset;
      let block = {slots: [slot], sum: slot.y - offset};
      const mean = it => it.sum / it.slots.length;
      while (blocks.length && mean(blocks.at(-1)) >= mean(block)) {
        const before = blocks.pop();
        block = {slots: [...before.slots, ...block.slots], sum: before.sum + block.sum};
      }
      blocks.push(block);
    });
    for (const {slots, sum} of blocks) for (const slot of slots) slot.y = sum / slots.length + slot.offset;
  }

  function path(link, way, at) {
    const from = at.get(link.from), to = at.get(link.to);
    let x = from.x + link.from.width, y = from.y;
    if (!way) return `M${x} ${y}c40 40 ${to.x - x - 40} ${to.y - y + 40} ${to.x - x} ${to.y - y}`;
    x = from.x + from.wide;
    let d = `M${from.x + link.from.width} ${y}H${x}`;
    for (const slot of way.slice(1)) {
      const middle = (x + slot.x) / 2;
      d += `C${middle} ${y} ${middle} ${slot.y} ${slot.x} ${slot.y}`;
      if (slot.passing) d += `H${slot.x + slot.wide}`;
      x = slot.x + slot.wide; y = slot.y;
    }
    return d;
  }

  // ---- folding
  function badge(box) {
    if (!box.outs.length || box.kind === 'need') return;
    box.fold?.remove();
    box.fold = make(box.element, 'g', {class: 'fold', transform: `translate(${box.width} ${BOX / 2})`});
    make(box.fold, 'circle', {r: 7});
    make(box.fold, 'path', {d: box.folded ? 'M-4 0H4M0-4V4' : 'M-4 0H4'});
    const hidden = box.folded ? new Set(box.needs.map(need => need.other).filter(other => !other.shown)).size : 0;
    if (hidden) make(box.fold, 'text', {x: 10, y: 4}, hidden);
    box.element.setAttribute('aria-expanded', String(!box.folded));
    box.fold.addEventListener('click', event => { event.stopPropagation(); toggle(box); });
  }

  function toggle(box) {
    if (!box.outs.length) return;
    const before = box.element.getBoundingClientRect();
    box.folded = !box.folded;
    if (!box.folded) for (const {to} of box.outs) if (to.kind === 'need') to.folded = false;
    arrange();
    const after = box.element.getBoundingClientRect(); // it stays under the pointer
    canvas.scrollLeft += after.left - before.left;
    canvas.scrollTop += after.top - before.top;
  }

  /** Unfolds the shortest way to a box. */
  function reveal(box) {
    while (!box.shown) {
      let at = box;
      while (at.depth > 0) {
        at = at.ins.map(link => link.from).reduce((a, b) => b.depth < a.depth ? b : a);
        at.folded = false;
      }
      arrange();
    }
  }

  // ---- zoom and pan
  function resize() {
    svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
    svg.setAttribute('width', size.width * zoom);
    svg.setAttribute('height', size.height * zoom);
  }

  function scale(to, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    to = Math.min(3, Math.max(0.1, to));
    const left = (canvas.scrollLeft + x) / zoom, top = (canvas.scrollTop + y) / zoom;
    zoom = to;
    resize();
    canvas.scrollTo(left * zoom - x, top * zoom - y);
  }

  function fit(least) {
    const by = Math.min((canvas.clientWidth - 4) / size.width, (canvas.clientHeight - 4) / size.height);
    scale(Math.max(least, Math.min(by, 1.25)));
  }

  /** What everything is about is seen first: the core of a conflict, else where all begins. */
  function centre(box) {
    if (!box) return;
    const at = box.element.getBoundingClientRect(), edge = canvas.getBoundingClientRect();
    canvas.scrollLeft += (at.left + at.right - edge.left - edge.right) / 2;
    canvas.scrollTop += (at.top + at.bottom - edge.top - edge.bottom) / 2;
  }

  const actions = {
    smaller: () => scale(zoom / 1.25),
    larger: () => scale(zoom * 1.25),
    fit: () => fit(0.1),
    unfold: () => { for (const box of boxes) box.folded = false; arrange(); },
    fold: () => { foldFar(); arrange(); fit(0.9); },
  };
  for (const button of root.querySelectorAll('[data-do]')) {
    button.addEventListener('click', () => actions[button.dataset.do]());
  }
  canvas.addEventListener('wheel', event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const edge = canvas.getBoundingClientRect();
    scale(zoom * Math.exp(-event.deltaY / 400), event.clientX - edge.left, event.clientY - edge.top);
  }, {passive: false});
  canvas.addEventListener('pointerdown', event => {
    if (event.pointerType !== 'mouse' || event.button || event.target.closest('.box')) return;
    const start = {x: event.clientX + canvas.scrollLeft, y: event.clientY + canvas.scrollTop};
    const move = it => canvas.scrollTo(start.x - it.clientX, start.y - it.clientY);
    const end = () => { removeEventListener('pointermove', move); canvas.classList.remove('dragged'); };
    canvas.classList.add('dragged');
    addEventListener('pointermove', move);
    addEventListener('pointerup', end, {once: true});
  });

  // ---- choosing a box: the ways to it and what it needs are lit
  function light(box, all) {
    for (const lit of svg.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (!box) return;
    const above = all ? [...reach([box], it => it.ins.map(link => ({to: link.from})))] : [box];
    const lit = new Set([...above.flatMap(it => it.ins), ...box.outs]);
    for (const {to} of box.outs) if (to.kind === 'need') to.outs.forEach(link => lit.add(link));
    if (!all) for (const {from} of box.ins) if (from.kind === 'need') from.ins.forEach(link => lit.add(link));
    for (const link of lit) {
      link.element.classList.add('lit');
      link.element.parentNode.append(link.element);
      for (const end of [link.from, link.to]) if (end !== box) end.element.classList.add('lit');
    }
  }

  function choose(box) {
    chosen?.element.classList.remove('chosen-box');
    chosen = box;
    light(box, true);
    tells.replaceChildren();
    for (const row of document.querySelectorAll('[data-of]')) {
      row.classList.toggle('current', !!box && row.dataset.of === box.id);
    }
    if (!box) return;
    box.element.classList.add('chosen-box');
    make(tells, 'h2', {}, box.name);
    if (box.detail) make(tells, 'p', {}, box.detail);
    for (const remark of box.remarks) make(tells, 'p', {}, remark);
    list('needed by', box.needed);
    list('needs', box.needs);
  }

  function list(title, relations) {
    if (!relations.length) return;
    make(tells, 'h3', {}, title);
    const items = make(tells, 'ul', {});
    for (const {other, says} of relations) {
      const item = make(items, 'li', {});
      make(item, 'button', {type: 'button'}, other.name).addEventListener('click', () => go(other));
      if (says) item.append(' ' + says);
    }
  }

  function go(box) {
    reveal(box);
    choose(box);
    box.element.scrollIntoView({block: 'nearest', inline: 'nearest'});
    box.element.focus({preventScroll: true});
  }

  const arrows = {
    ArrowLeft: box => box.ins.map(link => link.from), ArrowRight: box => box.outs.map(link => link.to),
    ArrowUp: box => beside(box, -1), ArrowDown: box => beside(box, 1),
  };
  function beside(box, step) {
    const column = columns[box.column].filter(slot => !slot.passing && slot.box.shown);
    const next = column[column.findIndex(slot => slot.box === box) + step];
    return next ? [next.box] : [];
  }
  for (const box of boxes) {
    box.element.setAttribute('tabindex', '0');
    box.element.setAttribute('role', 'button');
    box.element.addEventListener('click', () => choose(box));
    box.element.addEventListener('mouseenter', () => { if (!chosen) light(box, false); });
    box.element.addEventListener('mouseleave', () => { if (!chosen) light(null); });
    box.element.addEventListener('keydown', event => {
      const next = arrows[event.key]?.(box).find(other => other.shown);
      if (next) { next.element.focus(); next.element.scrollIntoView({block: 'nearest', inline: 'nearest'}); }
      else if (event.key === 'Enter') choose(box);
      else if (event.key === ' ') toggle(box);
      else return;
      event.preventDefault();
    });
  }
  svg.addEventListener('click', event => { if (!event.target.closest('.box')) choose(null); });
  root.addEventListener('keydown', event => { if (event.key === 'Escape') choose(null); });
  for (const row of document.querySelectorAll('[data-of]')) {
    const box = boxes.find(it => it.id === row.dataset.of);
    if (!box) continue;
    row.setAttribute('tabindex', '0');
    row.addEventListener('click', () => go(box));
    row.addEventListener('keydown', event => { if (event.key === 'Enter') go(box); });
  }

  root.querySelector('.controls').hidden = false;
  const many = boxes.length > 2 * CROWD;
  for (const name of ['fold', 'unfold']) root.querySelector(`[data-do=${name}]`).hidden = !many;
  canvas.classList.toggle('many', many);
  if (many) foldFar();
  arrange();
  fit(0.9);
  centre(boxes.find(box => box.kind === 'clash') || beginnings[0]);
  return {boxes, go};
}

const figures = [...document.querySelectorAll('figure')];
const data = [...document.querySelectorAll('script.data')];
const drawn = figures.map((root, at) => figure(root, JSON.parse(data[at].textContent)));

// ---- search: boxes, rows and lines that have all the words; Enter goes to the next box
const search = document.getElementById('search'), found = document.getElementById('found');
let hits = [], next = 0;
function look() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const has = text => words.length > 0 && words.every(word => text.toLowerCase().includes(word));
  hits = []; next = 0;
  for (const {boxes, go} of drawn) {
    for (const box of boxes) {
      const hit = has([box.name, box.detail, box.mark, ...box.remarks].join(' '));
      box.element.classList.toggle('hit', hit);
      if (hit) hits.push({box, go});
    }
  }
  let rows = 0;
  for (const row of document.querySelectorAll('tbody tr, .proof li')) {
    const hit = has(row.textContent);
    row.classList.toggle('hit', hit);
    if (hit && !rows++ && !drawn.length) row.scrollIntoView({block: 'nearest'});
  }
  tell(words.length ? drawn.length ? hits.length : rows : null);
}
function tell(count) {
  const folded = hits.filter(hit => !hit.box.shown).length;
  found.textContent = count === null ? '' : `${count} found` + (folded ? `, ${folded} folded` : '');
}
search.addEventListener('input', look);
search.addEventListener('keydown', event => {
  if (event.key === 'Enter' && hits.length) {
    const {box, go} = hits[next++ % hits.length];
    go(box);
    tell(hits.length);
    search.focus({preventScroll: true});
  }
});
document.addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== search) { search.focus(); event.preventDefault(); }
});

// ---- colours: the dark rules are there once, and are made to count or not
const modes = [['as the system', '(prefers-color-scheme: dark)'], ['dark', 'all'], ['light', 'not all']];
const dark = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
  .filter(rule => rule.media?.mediaText.includes('prefers-color-scheme'));
const colours = document.getElementById('colours');
let mode = 0;
colours.addEventListener('click', () => {
  mode = (mode + 1) % modes.length;
  colours.textContent = 'Colours: ' + modes[mode][0];
  for (const rule of dark) rule.media.mediaText = modes[mode][1];
});
document.querySelector('.tools').hidden = false;
