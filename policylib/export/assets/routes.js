"use strict";
// How lines run between boxes, so that no line can be read as a relation of a paper that it only passes. Pure geometry:
// no document, no window, no data of the page.
//
// Boxes sit in the cells of a grid. Between the columns and rows of the grid there are channels, as wide as the lines in
// them need, and a line leaves its box at right angles and then keeps to channels. Lines that would lie on each other get
// tracks of their own, so that they meet in crossings only; what leaves two facing boxes gets places of its own as well.
//   channel  v0 v1 … left of column 0, 1 …; h0 h1 … above row 0, 1 …; the last one is behind the last column or row
//   position on a channel: 2k+1 beside cell k, 2k where the k-th channel of the other direction crosses
const BOX = { width: 146, height: 88 };
const STATE = 17;       // height of the mark of the state, half of which hangs below its box
const ARROW = 14;       // words keep away so far from the tip of an arrow
const TURN = 60;        // a bend counts as so much way,
const BESIDE = 14;      // a line that runs beside another for half a cell as so much,
const CROWDED = 22;     // and each line that stands at this side of the box already
const NEAR = 300;       // from an end of its line words are looked for first; behind that they only have to be free
const SQUARE = 160;     // what is near a place is found by squares of the plane
const HALF = { v: 70, h: 105 };
const ACROSS = { v: "h", h: "v" };
const SIDES = ["left", "right", "top", "bottom"];

/* seats: id → { c, r }; links: [{ s, t, label }]; gaps: { pitch, v, h }, the least widths. The result holds the ways as
   points from border to border, not yet stretched to a window: see `measured`. */
function route(seats, size, links, gaps) {
  const channel = (outer) => ({ use: [], pieces: [], tracks: 0, before: 0, after: 0, outer });
  const lay = (count) => Array.from({ length: count + 1 }, (_, k) => channel(!k || k === count));
  const channels = { v: lay(size.columns), h: lay(size.rows) }, sides = new Map();
  const order = links.map((_, n) => n).sort((a, b) => span(seats, links[a]) - span(seats, links[b]) || a - b);
  const ways = [];
  for (const n of order) {                     // short lines choose first: theirs should be straight
    const way = cheapest(seats, size, links[n], channels, sides);
    ways[n] = way;
    for (const name of [links[n].s + way.from.side, links[n].t + way.to.side]) sides.set(name, (sides.get(name) ?? 0) + 1);
    for (const piece of way.pieces) {
      const { use, pieces } = channels[piece.axis][piece.k];
      for (let at = piece.low; at <= piece.high; at++) use[at] = (use[at] ?? 0) + 1;
      pieces.push(piece);
    }
  }
  for (const way of ways) lean(way);
  [...channels.v, ...channels.h].forEach(assign);
  const places = berths(ways, channels);
  for (const below of channels.h.slice(1)) below.before = STATE / 2;
  ways.forEach(({ from, pieces }, n) => {
    if (gaps.words && !pieces.length) keepFree(channels[from.axis][from.k], from, links[n].label);
  });
  const widths = (axis) => channels[axis].map(({ tracks, before, after, outer }) => {
    const least = outer && !tracks ? 14 : gaps[axis];
    return Math.max(least, (tracks + 1) * gaps.pitch) + before + after;
  });
  return { seats, links, ways, channels, places, widths: { v: widths("v"), h: widths("h") } };
}
function span(seats, link) {
  const from = seats.get(link.s), to = seats.get(link.t);
  return Math.abs(from.c - to.c) * 3 + Math.abs(from.r - to.r) * 2;
}
function port({ c, r }, side) {
  const axis = side === "left" || side === "right" ? "v" : "h", cell = axis === "v" ? c : r;
  const after = side === "right" || side === "bottom";
  return { side, axis, k: cell + (after ? 1 : 0), at: 2 * (axis === "v" ? r : c) + 1, away: after ? -1 : 1 };
}
const piece = (axis, k, from, to) => ({ axis, k, from, to, low: Math.min(from, to), high: Math.max(from, to) });
function* choices(from, to, size) {            // the ways between two places at boxes that have fewest bends
  if (from.axis !== to.axis) {
    yield [piece(from.axis, from.k, from.at, 2 * to.k), piece(to.axis, to.k, 2 * from.k, to.at)];
  } else if (from.k === to.k) {
    yield from.at === to.at ? [] : [piece(from.axis, from.k, from.at, to.at)];
  } else {
    const last = from.axis === "v" ? size.rows : size.columns;
    for (let k = 0; k <= last; k++)
      yield [
        piece(from.axis, from.k, from.at, 2 * k),
        piece(ACROSS[from.axis], k, 2 * from.k, 2 * to.k),
        piece(to.axis, to.k, 2 * k, to.at),
      ];
  }
}
function cheapest(seats, size, link, channels, sides) {
  let best = null;
  for (const out of SIDES) for (const into of SIDES) {
    const from = port(seats.get(link.s), out), to = port(seats.get(link.t), into);
    const full = (sides.get(link.s + out) ?? 0) + (sides.get(link.t + into) ?? 0);
    for (const pieces of choices(from, to, size)) {
      let cost = full * CROWDED + (pieces.length ? pieces.length + 1 : 0) * TURN;
      for (const one of pieces) {
        const { use } = channels[one.axis][one.k];
        for (let at = one.low; at <= one.high && !(best && cost >= best.cost); at++) cost += HALF[one.axis] + BESIDE * (use[at] ?? 0);
      }
      if (!best || cost < best.cost) best = { cost, from, to, pieces };
    }
  }
  return best;
}
function lean({ from, to, pieces }) {            // to which side of its channel a piece is drawn by what it joins
  pieces.forEach((one, n) => {
    const before = n ? Math.sign(pieces[n - 1].from - 2 * one.k) : from.away;
    const after = n + 1 < pieces.length ? Math.sign(pieces[n + 1].to - 2 * one.k) : to.away;
    one.lean = before + after;
  });
}
function assign(channel) {                       // as few tracks as there are lines at the fullest place
  channel.tracks = Math.max(0, ...channel.use.filter(Boolean));
  const ends = Array(channel.tracks).fill(-1);
  channel.pieces.sort((a, b) => a.low - b.low || a.lean - b.lean || a.high - b.high);
  for (const one of channel.pieces) {
    const free = ends.map((_, track) => track).filter((track) => ends[track] < one.low);
    one.track = one.lean < 0 ? free[0] : one.lean > 0 ? free[free.length - 1] : free[free.length >> 1];
    ends[one.track] = one.high;
  }
}
function keepFree(channel, { axis, away }, label) {   // beside the box, room for the words of a straight line, which has no other
  const room = (axis === "v" ? written(label, false).w : written(label, false).h) * 2 + 6;
  if (away < 0) channel.before = Math.max(channel.before, room + (axis === "h" ? STATE / 2 : 0));
  else channel.after = Math.max(channel.after, room);
}
function berths(ways, channels) {                // where along its side a line leaves its box, apart from those of the box that faces it
  const pools = new Map(), places = ways.map(() => [0.5, 0.5]);
  ways.forEach((way, n) => [way.from, way.to].forEach((end, which) => {
    if (which && !way.pieces.length) return;     // a straight line has one place at both boxes
    const own = way.pieces[which ? way.pieces.length - 1 : 0];
    const turn = own ? Math.sign((which ? own.from : own.to) - end.at) : 0;
    const depth = own ? (end.away < 0 ? own.track : channels[own.axis][own.k].tracks - 1 - own.track) : 0;
    const name = `${end.axis}${end.k}:${end.at}`;
    pools.set(name, [...(pools.get(name) ?? []), { n, which, turn, rank: turn < 0 ? depth : -depth }]);
  }));
  for (const pool of pools.values()) {
    pool.sort((a, b) => a.turn - b.turn || a.rank - b.rank || a.n - b.n);
    pool.forEach(({ n, which }, place) => {
      const part = (place + 1) / (pool.length + 1);
      places[n][which] = part;
      if (!ways[n].pieces.length) places[n][1] = part;
    });
  }
  return places;
}

/* The routed grid as coordinates: middles of boxes, channels, and for each link its points. `stretch` widens channels. */
function measured(routed, marks, stretch = { v: 1, h: 1 }) {
  const { seats, links, ways, places } = routed;
  const line = (axis, box) => {
    const starts = [], middles = [];
    let at = 0;
    routed.widths[axis].forEach((width, k) => {
      const wide = width * stretch[axis];
      starts.push({ start: at, wide });
      at += wide;
      if (k < routed.widths[axis].length - 1) { middles.push(at + box / 2); at += box; }
    });
    return { starts, middles, total: at };
  };
  const v = line("v", BOX.width), h = line("h", BOX.height);
  const place = new Map([...seats].map(([id, { c, r }]) => [id, { x: v.middles[c], y: h.middles[r] }]));
  const track = (one) => {
    const { start, wide } = (one.axis === "v" ? v : h).starts[one.k], { tracks, before, after } = routed.channels[one.axis][one.k];
    return start + before + (one.track + 1) / (tracks + 1) * (wide - before - after);
  };
  const paths = ways.map((way, n) => {
    const start = border(place.get(links[n].s), way.from.side, places[n][0], marks?.get(links[n].s));
    const end = border(place.get(links[n].t), way.to.side, places[n][1], marks?.get(links[n].t));
    const points = [start];
    way.pieces.forEach((one, i) => {
      const last = points[points.length - 1], own = track(one), next = way.pieces[i + 1];
      if (!i) points.push(one.axis === "v" ? { x: own, y: last.y } : { x: last.x, y: own });
      if (next) points.push(one.axis === "v" ? { x: own, y: track(next) } : { x: track(next), y: own });
      else points.push(one.axis === "v" ? { x: own, y: end.y } : { x: end.x, y: own });
    });
    return [...points, end];
  });
  return { place, columns: v, rows: h, width: v.total, height: h.total, paths, links };
}
function border({ x, y }, side, part, mark = BOX.width) {    // mark: the breadth of the mark of the state below the box
  const along = (length) => (part - 0.5) * (length - 12);
  if (side === "left" || side === "right") return { x: x + (side === "left" ? -1 : 1) * BOX.width / 2, y: y + along(BOX.height) };
  const dx = along(BOX.width);
  const below = Math.abs(dx) < mark / 2 + 3 ? STATE / 2 : 0;
  return { x: x + dx, y: side === "top" ? y - BOX.height / 2 : y + BOX.height / 2 + below };
}

/* The words of the lines: each on its own line, near one of its ends, where they hide no box, no other line and no other
   words, and rather not nearer to a box of other papers. Along a line that runs down they are written downwards.
   `hidden`: there is no such place. */
function words(picture) {
  const size = { w: BOX.width / 2, h: BOX.height / 2 + STATE / 4, gap: 2 };
  const boxOf = new Map([...picture.place].map(([id, { x, y }]) => [id, { x, y: y + STATE / 4, ...size }]));
  const lines = picture.paths.map((path) => stretches(path));
  const boxes = new Neighbourhood(boxOf.values()), taken = new Neighbourhood(boxOf.values());
  lines.forEach((line, n) => line.forEach((one) => taken.add({ ...one, gap: 1, n })));
  const found = [];
  const byWay = lines.map((_, n) => n).sort((a, b) => lengthOf(lines[a]) - lengthOf(lines[b]) || a - b);
  for (const n of byWay) {                       // the words of short lines have least choice
    const { s, t, label } = picture.links[n], own = [boxOf.get(s), boxOf.get(t)];
    const free = (spot) => taken.around(spot).every((one) => one.n === n || apart(spot, one, one.gap));
    const strange = (spot) => {
      const home = Math.min(distance(spot, own[0]), distance(spot, own[1]));
      return boxes.around(spot).some((box) => distance(spot, box) < home);
    };
    const near = along(lines[n], label, 0, NEAR);
    const spot = near.find((one) => !strange(one) && free(one)) ?? near.find(free) ?? along(lines[n], label, NEAR, Infinity).find(free);
    found[n] = spot ? { ...spot, hidden: false } : { ...middle(lines[n], label), hidden: true };
    if (spot) taken.add({ ...spot, gap: 2 });
  }
  return found;
}
class Neighbourhood {
  constructor(things) { this.squares = new Map(); for (const one of things) this.add(one); }
  names({ x, y, w, h }) {
    const names = [];
    for (let column = Math.floor((x - w - 2) / SQUARE); column <= (x + w + 2) / SQUARE; column++)
      for (let row = Math.floor((y - h - 2) / SQUARE); row <= (y + h + 2) / SQUARE; row++) names.push(column * 10000 + row);
    return names;
  }
  add(thing) {
    for (const name of this.names(thing)) {
      if (!this.squares.has(name)) this.squares.set(name, []);
      this.squares.get(name).push(thing);
    }
  }
  around(spot) { return this.names(spot).flatMap((name) => this.squares.get(name) ?? []); }
}
const stretches = (path) => path.slice(1).map((to, n) => {
  const from = path[n];
  return { from, to, x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, w: Math.abs(to.x - from.x) / 2, h: Math.abs(to.y - from.y) / 2 };
});
const lengthOf = (line) => line.reduce((sum, one) => sum + 2 * (one.w + one.h), 0);
const distance = (a, b) => Math.max(Math.abs(a.x - b.x) - a.w - b.w, Math.abs(a.y - b.y) - a.h - b.h);
const apart = (a, b, gap) => Math.abs(a.x - b.x) >= a.w + b.w + gap || Math.abs(a.y - b.y) >= a.h + b.h + gap;
function written(label, down) {
  const characters = [...label];
  const downwards = characters.map((character) => ({ "（": "︵", "）": "︶" })[character] ?? character).join("\n");
  return down ? { label: downwards, w: 8, h: characters.length * 7 } : { label, w: characters.length * 6.5 + 1, h: 8 };
}
function along(line, label, least, most) {       // places for words, so far from an end of their line, the nearest first
  const whole = lengthOf(line), spots = [];
  let way = 0;
  line.forEach(({ from, to, w, h }, n) => {
    const reach = 2 * (w + h), down = h > w;
    for (const level of down ? [false, true] : [true]) {
      const own = written(label, !level), half = down ? own.h : own.w;
      const last = reach - half - (n === line.length - 1 ? ARROW : 3);
      for (let at = half + 3; at <= last; at += 5) {
        const far = Math.min(way + at, whole - way - at + 30) + (down && level ? 20 : 0);
        if (far < least || far >= most) continue;
        const x = from.x + (to.x - from.x) * at / reach, y = from.y + (to.y - from.y) * at / reach;
        spots.push({ label: own.label, w: own.w, h: own.h, far, x, y });
      }
    }
    way += reach;
  });
  return spots.sort((a, b) => a.far - b.far);
}
function middle(line, label) {
  const one = line.reduce((best, next) => (next.w + next.h > best.w + best.h ? next : best));
  return { ...written(label, one.h > one.w), x: one.x, y: one.y };
}

/* A path as Cytoscape has it: both ends from the middles of their boxes, the corners along and beside the line from middle
   to middle. */
function shape(path, from, to) {
  const dx = to.x - from.x, dy = to.y - from.y, long = Math.hypot(dx, dy), end = path[path.length - 1];
  const corners = path.slice(1, -1).map((point) => ({ x: point.x - from.x, y: point.y - from.y }));
  return {
    from: `${path[0].x - from.x}px ${path[0].y - from.y}px`,
    to: `${end.x - to.x}px ${end.y - to.y}px`,
    weights: corners.map(({ x, y }) => (x * dx + y * dy) / long ** 2),
    distances: corners.map(({ x, y }) => (y * dx - x * dy) / long),
  };
}
