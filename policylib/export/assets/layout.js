"use strict";
// Where the boxes stand: swim-lanes, a column a year (or some years), policies with their interpretations below them.
// Pure, as routes.js, which leads the lines: `world` is { nodes, linksOf, edges, lanes }, and what is shown is passed.
const GAPS = {
  wide: { pitch: 19, v: 46, h: 44, words: true },           // between boxes, so that the words of all lines find room
  close: { pitch: 10, v: 30, h: 30, words: false },
};
const EDGE = { x: 120, y: 90 };                  // round the picture: names of lanes and years
const TRIED = { wide: 4, close: 2 };             // of all stackings so many are tried with their lines
const SPREAD = 3;                                // gaps are widened at most so much where the window has room

function stacks(members, tallest) {            // the works of one cell, as columns of at most `tallest` boxes
  const columns = [[]];
  for (const group of members) {
    const last = columns[columns.length - 1];
    if (last.length && last.length + group.length > tallest) columns.push([]);
    for (const i of group) {
      if (columns[columns.length - 1].length >= Math.max(tallest, 1)) columns.push([]);
      columns[columns.length - 1].push(i);
    }
  }
  return columns;
}
function cells(world, shown, span) {           // year → lane → groups: a policy with its interpretations below it
  const { nodes, edges, linksOf } = world;
  const when = (i) => nodes[i].day || String(nodes[i].year ?? 0);
  const sorted = [...shown].sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : a - b));
  const group = new Map();
  const host = (i) => nodes[i].role === "interpretation" &&
    linksOf[i].map((e) => edges[e]).find((e) => e.s === i && e.kind === "interprets" && shown.has(e.t) && nodes[e.t].role !== "interpretation")?.t;
  sorted.forEach((i) => { if (!Number.isInteger(host(i))) group.set(i, [i]); });
  sorted.forEach((i) => { const h = host(i); if (Number.isInteger(h)) group.get(h).push(i); });
  const grid = new Map();
  for (const [i, members] of group) {
    const year = nodes[i].year ?? 0, column = Math.floor(year / span);
    if (!grid.has(column)) grid.set(column, { first: year, last: year, row: world.lanes.map(() => []) });
    const cell = grid.get(column);
    cell.first = Math.min(cell.first, year);
    cell.last = Math.max(cell.last, year);
    cell.row[nodes[i].lane].push(members);
  }
  return new Map([...grid].sort((a, b) => a[0] - b[0]));
}
const yearName = (first, last) => (!first ? "年份不明" : first === last ? `${first}年` : `${first}–${last}年`);
function arrange(world, grid, tallest) {       // a seat on one grid for every box, so that the gaps run through
  const seats = new Map(), years = [], lanes = [];
  const packed = [...grid.values()].map(({ first, last, row }) => [
    yearName(first, last),
    row.map((members) => (members.length ? stacks(members, tallest) : [])),
  ]);
  let rows = 0, columns = 0;
  const firsts = world.lanes.map((name, lane) => {
    const tall = Math.max(0, ...packed.flatMap(([, row]) => row[lane].map((column) => column.length)));
    const first = rows;
    rows += tall;
    if (tall) lanes.push({ name, first, last: rows });
    return { first, tall };
  });
  for (const [name, row] of packed) {
    const most = Math.max(...row.map((stacked) => stacked.length));
    row.forEach((stacked, lane) => stacked.forEach((column, c) => column.forEach((i, r) => seats.set(i, {
      c: columns + Math.floor((most - stacked.length) / 2) + c,
      r: firsts[lane].first + Math.floor((firsts[lane].tall - column.length) / 2) + r,
    }))));
    years.push({ name, first: columns, last: columns + most });
    columns += most;
  }
  return { seats, years, lanes, size: { columns, rows } };
}
function stackings(world, shown, width, height, gaps) {      // sparse years may share a column; the most promising first
  const all = [];
  for (const span of [1, 2, 3, 5]) {
    const grid = cells(world, shown, span);
    for (let tallest = 2; tallest <= 14; tallest++) {
      const one = { ...arrange(world, grid, tallest), weight: 0.96 ** (span - 1) };
      const wide = (BOX.width + gaps.v * 1.3) * one.size.columns, high = (BOX.height + gaps.h * 1.3) * one.size.rows;
      one.guess = one.weight * zoomFor(wide, high, width, height);
      all.push(one);
    }
  }
  const seen = new Set();
  return all.sort((a, b) => b.guess - a.guess).filter(({ guess }) => !seen.has(guess) && seen.add(guess));
}
const zoomFor = (wide, high, width, height) => Math.min(width / (wide + EDGE.x), height / (high + EDGE.y), 1);

/* The plan of a picture for a window: middles of boxes, bands, and for each of `links` ({ s, t, label }) its path and the
   place of its word, which is `hidden` where it finds none; in `wide` gaps nearly all do. `marks`: the breadth of the mark
   below each box. */
function layout(world, shown, links, window, marks, wide) {
  const gaps = wide ? GAPS.wide : GAPS.close;
  let best = null;
  for (const one of stackings(world, shown, window.width, window.height, gaps).slice(0, TRIED[wide ? "wide" : "close"])) {
    const routed = route(one.seats, one.size, links, gaps);
    const total = (axis, box, count) => routed.widths[axis].reduce((sum, width) => sum + width, 0) + box * count;
    const wide = total("v", BOX.width, one.size.columns), high = total("h", BOX.height, one.size.rows);
    const zoom = zoomFor(wide, high, window.width, window.height);
    if (!best || zoom * one.weight > best.score * 1.02) best = { ...one, routed, zoom, wide, high, score: zoom * one.weight };
  }
  const wider = (room, taken, boxes) => Math.min(Math.max((room - boxes) / (taken - boxes), 1), SPREAD);
  const stretch = {                            // use what the window has left for wider gaps
    v: wider(window.width / best.zoom - EDGE.x, best.wide, best.size.columns * BOX.width),
    h: wider(window.height / best.zoom - EDGE.y, best.high, best.size.rows * BOX.height),
  };
  const picture = measured(best.routed, marks, stretch);
  return { ...picture, ...bands(best, picture), zoom: best.zoom, words: words(picture) };
}
const yearWidth = (name) => [...name].length * 12 + 40;
function bands(plan, { columns, rows, height }) {
  const years = plan.years.map(({ name, first, last }) => ({ name, x: (columns.middles[first] + columns.middles[last - 1]) / 2 }));
  const between = (k) => (k === 0 ? 0 : k === plan.size.rows ? height : rows.starts[k].start + rows.starts[k].wide / 2);
  const lanes = plan.lanes.map(({ name, first, last }) => ({ name, top: between(first), bottom: between(last) }));
  const room = years.slice(1).map((year, n) => (year.x - years[n].x) / (yearWidth(year.name) / 2 + yearWidth(years[n].name) / 2 + 8));
  room.push(...lanes.map(({ name, top, bottom }) => (bottom - top) / ([...name].length * 13 + 20)));
  return { years, lanes, large: Math.max(Math.min(0.6 / plan.zoom, 3, ...room), 1) };  // names stay readable in a large picture
}
