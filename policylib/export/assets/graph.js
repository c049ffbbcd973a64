"use strict";
// The picture of a policy graph. The data is in #data; what is shown is in the address after “#”:
//   #node=KEY selects a work · #focus=KEY shows what is within two relations of it · #all shows everything
//   #edge=N selects a relation · #q=TEXT searches · #projection hides the left column
// Text of documents only ever goes through textContent or onto a canvas.
const DATA = JSON.parse(document.getElementById("data").textContent);
const NODES = DATA.nodes, EDGES = DATA.edges;
const SMALL = 60;       // up to so many works are readable at once: shown whole
const MANY = 90;        // more lines than these bear no words until one is pointed at
const CROWD = 24;       // a focus view holds no more
const STATE = 17;       // height of the mark of the state, half of which hangs below its box
const MARGIN = 6;       // round the words on a line, where there is room
const COVERED = 2;      // of the words on a line a box or other words may hide so much: nothing to read
const BOX = { width: 146, height: 88, across: 180, down: 116, sub: 160 };
const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",SimHei,sans-serif';
const INK = "#22303f";
const $ = (id) => document.getElementById(id);
const byKey = new Map(NODES.map((node, i) => [node.key, i]).reverse());
const linksOf = NODES.map(() => []);
EDGES.forEach((edge, i) => { linksOf[edge.s].push(i); if (edge.t !== edge.s) linksOf[edge.t].push(i); });
const hidden = { kind: new Set(), status: new Set(), role: new Set() };
let view = { nodes: new Set(), center: null, left: 0 };
let cy = null;
let selected = {};
let asked = "";         // the search that the address asked for
let moved = false;      // whether the user has chosen a part of the picture

/* ---- what to show ---- */
const address = () => new URLSearchParams(location.hash.slice(1));
function go(changes) {
  const next = address();
  for (const [name, value] of Object.entries(changes)) value === null ? next.delete(name) : next.set(name, value);
  location.hash = next.toString();
}
const drawn = (edge) => !hidden.kind.has(edge.kind);
const allowed = (i) => !hidden.status.has(NODES[i].status) && !hidden.role.has(NODES[i].role);
const other = (edge, i) => (edge.s === i ? edge.t : edge.s);
const weight = (i) => linksOf[i].length;

function mostLinked() {
  const policies = NODES.map((_, i) => i).filter((i) => NODES[i].role === "policy");
  return (policies.length ? policies : NODES.map((_, i) => i)).reduce((best, i) => (weight(i) > weight(best) ? i : best));
}
function around(center) {
  const near = new Set([center]);
  let edge = [center];
  for (let hop = 0; hop < 2; hop++) {
    const found = new Set();
    for (const i of edge) for (const e of linksOf[i]) {
      const j = other(EDGES[e], i);
      if (drawn(EDGES[e]) && allowed(j) && !near.has(j)) found.add(j);
    }
    edge = [...found].sort((a, b) => weight(b) - weight(a) || a - b);
    edge.forEach((i) => near.add(i));
  }
  const kept = [...near].slice(0, CROWD);
  return { nodes: new Set(kept), center, left: near.size - kept.length };
}
function choose(query) {
  const everything = query.has("all") || (NODES.length <= SMALL && !query.has("focus"));
  if (everything) return { nodes: new Set(NODES.map((_, i) => i).filter(allowed)), center: null, left: 0 };
  const asked = byKey.get(query.get("focus")) ?? byKey.get(query.get("node")) ?? EDGES[query.get("edge")]?.s;
  return around(asked ?? DATA.focus ?? mostLinked());
}

/* ---- where it stands: swim-lanes, x = year, y = level ---- */
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
function cells(shown, span) {                  // year → lane → groups: a policy with its interpretations below it
  const when = (i) => NODES[i].day || String(NODES[i].year ?? 0);
  const sorted = [...shown].sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : a - b));
  const group = new Map();
  const host = (i) => NODES[i].role === "interpretation" &&
    linksOf[i].map((e) => EDGES[e]).find((e) => e.s === i && e.kind === "interprets" && shown.has(e.t) && NODES[e.t].role !== "interpretation")?.t;
  sorted.forEach((i) => { if (!Number.isInteger(host(i))) group.set(i, [i]); });
  sorted.forEach((i) => { const h = host(i); if (Number.isInteger(h)) group.get(h).push(i); });
  const grid = new Map();
  for (const [i, members] of group) {
    const year = NODES[i].year ?? 0, column = Math.floor(year / span);
    if (!grid.has(column)) grid.set(column, { first: year, last: year, row: DATA.lanes.map(() => []) });
    const cell = grid.get(column);
    cell.first = Math.min(cell.first, year);
    cell.last = Math.max(cell.last, year);
    cell.row[NODES[i].lane].push(members);
  }
  return new Map([...grid].sort((a, b) => a[0] - b[0]));
}
const yearWidth = (name) => [...name].length * 12 + 40;
const yearName = (first, last) => (!first ? "年份不明" : first === last ? `${first}年` : `${first}–${last}年`);
function arrange(grid, tallest) {
  const place = new Map(), years = [], lanes = [];
  const packed = [...grid.values()].map(({ first, last, row }) => [yearName(first, last), row.map((members) => (members.length ? stacks(members, tallest) : []))]);
  let y = 0;
  const tops = DATA.lanes.map((name, lane) => {
    const rows = Math.max(0, ...packed.flatMap(([, row]) => row[lane].map((column) => column.length)));
    if (!rows) return null;
    const top = y;
    y += rows * BOX.down + 24;
    lanes.push({ name, top, bottom: y });
    return { top, rows };
  });
  let x = 0;
  for (const [name, row] of packed) {
    const most = Math.max(...row.map((columns) => columns.length));
    row.forEach((columns, lane) => columns.forEach((column, c) => column.forEach((i, r) => {
      const slack = (tops[lane].rows - column.length) * BOX.down / 2;
      place.set(i, { x: x + (most - columns.length) * BOX.sub / 2 + c * BOX.sub, y: tops[lane].top + slack + 12 + (r + 0.5) * BOX.down });
    })));
    years.push({ name, x: x + (most - 1) * BOX.sub / 2 });
    x += BOX.across + (most - 1) * BOX.sub;
  }
  return { place, years, lanes, width: x, height: y };
}
function layout(shown, width, height) {                       // the stacking that fills the window best; sparse years share a column
  let best = null;
  for (const span of [1, 2, 3, 5]) {
    const grid = cells(shown, span);
    for (let tallest = 2; tallest <= 14; tallest++) {
      const plan = arrange(grid, tallest);
      plan.zoom = Math.min(width / (plan.width + 120), height / (plan.height + 90), 1);
      plan.score = plan.zoom * 0.96 ** (span - 1);
      if (!best || plan.score > best.score * 1.02) best = plan;
    }
  }
  return spread(best, width / best.zoom - 120, height / best.zoom - 90);
}
function spread(plan, width, height) {         // use what the window has left for wider gaps
  const wider = Math.min(Math.max(width / plan.width, 1), 1.7), taller = Math.min(Math.max(height / plan.height, 1), 1.7);
  for (const place of plan.place.values()) { place.x *= wider; place.y *= taller; }
  for (const year of plan.years) year.x *= wider;
  plan.across = BOX.across * wider;
  plan.down = BOX.down * taller;
  for (const lane of plan.lanes) { lane.top *= taller; lane.bottom *= taller; }
  plan.width = (plan.width - BOX.across) * wider + BOX.across;
  const gaps = plan.years.slice(1).map((year, n) => (year.x - plan.years[n].x) / (yearWidth(year.name) + 8));
  plan.large = Math.max(Math.min(0.6 / plan.zoom, 3, ...gaps), 1);  // names of years and lanes stay readable in a large picture
  return plan;
}

/* ---- drawing ---- */
const wide = (character) => (character.codePointAt(0) < 0x2000 ? 0.56 : 1);
const breadth = (text) => [...text].reduce((sum, character) => sum + wide(character), 0);
function wrap(text, width, rows) {             // a Chinese character is 1 wide, a Latin one a half
  const lines = [""];
  let used = 0;
  for (const character of text.replace(/\s+/g, " ")) {
    const size = wide(character);
    if (used + size > width) {
      if (lines.length === rows) { lines[rows - 1] = lines[rows - 1].replace(/.$/u, "…"); break; }
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += character;
    used += size;
  }
  return lines.join("\n");
}
function bend(from, to, turn, plan) {                // bow around the boxes between the ends
  const dx = to.x - from.x, dy = to.y - from.y;
  const side = turn * 30;
  if (Math.abs(dx) < 60) return side + (Math.abs(dy) > plan.down * 1.3 ? 130 : 0) * (dy > 0 ? 1 : -1);
  if (Math.abs(dy) < 40) return side + (Math.abs(dx) > plan.across * 1.3 ? 125 + Math.abs(dx) / 30 : 0) * (dx > 0 ? -1 : 1);
  return side + 24 * (dx * dy > 0 ? -1 : 1);
}
function elements(shown, plan) {
  const list = [];
  const text = (id, label, x, y, classes, more) => list.push({ data: { id, label, ...more }, position: { x, y }, classes, selectable: false });
  for (const lane of plan.lanes) {
    const middle = (lane.top + lane.bottom) / 2;
    text(`lane:${lane.name}`, "", plan.width / 2 - BOX.across / 2 - 50, middle, `lane band${plan.lanes.indexOf(lane) % 2}`, { w: plan.width + 110, h: lane.bottom - lane.top });
    text(`level:${lane.name}`, [...lane.name].join("\n"), -BOX.across / 2 - 76, middle, "axis level", { k: plan.large });
  }
  for (const year of plan.years) text(`year:${year.name}`, year.name, year.x, -14 - 16 * plan.large, "axis year", { k: plan.large });
  for (const i of shown) {
    const node = NODES[i], { x, y } = plan.place.get(i);
    const state = standing(node);
    const classes = `work ${node.look} ${node.role} ${node.held ? "" : "unheld"}`;
    list.push({ data: { id: `n${i}`, of: i, label: wrap(node.short, 10.4, 3) }, position: { x, y }, classes });
    text(`a${i}`, node.number, x, y - BOX.height / 2 + 15, "number", { of: i, size: Math.min(13, (BOX.width - 10) / breadth(node.number)) });
    if (state) text(`b${i}`, state, x, y + BOX.height / 2, `state ${node.look}`, { of: i, w: [...state].length * 11 + 12 });
  }
  const lines = new Map(), pairs = new Map();
  EDGES.forEach((edge, e) => {                 // one line for each kind between two works, whatever the number of places
    if (!drawn(edge) || edge.s === edge.t || !shown.has(edge.s) || !shown.has(edge.t)) return;
    const id = `${edge.s}>${edge.t}:${edge.label}`;
    if (lines.has(id)) return void lines.get(id).count++;
    const pair = edge.s < edge.t ? `${edge.s}-${edge.t}` : `${edge.t}-${edge.s}`;
    pairs.set(pair, (pairs.get(pair) ?? -1) + 1);
    lines.set(id, { e, count: 1, turn: pairs.get(pair) * (edge.s < edge.t ? 1 : -1) });
  });
  const boxes = lines.size > MANY ? [] : [...plan.place.values()].map(({ x, y }) => ({ x, y: y + STATE / 4, w: BOX.width / 2 + 1, h: BOX.height / 2 + STATE / 4 }));
  for (const { e, count, turn } of lines.values()) {
    const edge = EDGES[e], kind = DATA.kinds[edge.kind];
    const label = edge.label + (count > 1 ? `×${count}` : "");
    const bow = bend(plan.place.get(edge.s), plan.place.get(edge.t), turn, plan);
    const words = clear(plan.place.get(edge.s), plan.place.get(edge.t), bow, label, boxes);
    list.push({ data: { id: `e${e}`, link: e, source: `n${edge.s}`, target: `n${edge.t}`, label: words.label, colour: kind.colour, line: kind.line, bow, at: words.at }, classes: words.hidden ? "tight" : "" });
  }
  return list;
}
function clear(from, to, bow, label, boxes) {        // how far from the source the words on a line are hidden least, by boxes or other words
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const mid = { x: (from.x + to.x) / 2 - (to.y - from.y) / length * bow, y: (from.y + to.y) / 2 + (to.x - from.x) / length * bow };
  const start = border(from, mid), end = border(to, mid);
  const on = (t, axis) => (1 - t) ** 2 * start[axis] + 2 * t * (1 - t) * mid[axis] + t ** 2 * end[axis];
  const points = [];
  let way = 0, last = null;
  for (let step = 0; step <= 40; step++) {           // the curve as it is drawn, from border to border
    const x = on(step / 40, "x"), y = on(step / 40, "y");
    if (last) way += Math.hypot(x - last.x, y - last.y);
    points.push(last = { x, y, way });
  }
  let best = null;
  for (const lines of [[label], halves(label)]) {    // in two lines where a gap is too narrow for one
    const own = { w: Math.max(...lines.map((line) => [...line].length)) * 6 + 1, h: lines.length * 7 };
    const room = (one, margin) => Math.min(0, ...boxes.map((box) => Math.max(Math.abs(one.x - box.x) - box.w - own.w, Math.abs(one.y - box.y) - box.h - own.h) - margin));
    for (const one of points) one.room = room(one, MARGIN);
    const [place] = points.sort((a, b) => b.room - a.room || Math.abs(a.way - way / 2) - Math.abs(b.way - way / 2));
    const seen = room(place, 0);
    if (!best || seen > best.room) best = { room: seen, own, label: lines.join("\n"), x: place.x, y: place.y, way: place.way };
    if (best.room > -COVERED) break;
  }
  if (best.room <= -COVERED) return { label, at: best.way, hidden: true };  // shown when its line is pointed at, above all else
  if (boxes.length) boxes.push({ x: best.x, y: best.y, ...best.own });
  return { label: best.label, at: best.way, hidden: false };
}
function border(box, towards) {                      // where a line leaves its box
  const dx = towards.x - box.x, dy = towards.y - box.y;
  const part = Math.min(BOX.width / 2 / Math.max(Math.abs(dx), 1), BOX.height / 2 / Math.max(Math.abs(dy), 1), 1);
  return { x: box.x + dx * part, y: box.y + dy * part };
}
function halves(label) {                             // 参照引用 as 参照 and 引用; short words stay whole
  const characters = [...label], half = Math.ceil(characters.length / 2);
  return characters.length < 3 ? [label] : [characters.slice(0, half).join(""), characters.slice(half).join("")];
}
const STYLE = [
  { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
  { selector: "node", style: { "font-family": FONT, color: INK, label: "data(label)", "text-wrap": "wrap", "text-valign": "center", "text-halign": "center", "z-index-compare": "manual", "overlay-opacity": 0 } },
  { selector: ".lane", style: { shape: "rectangle", width: "data(w)", height: "data(h)", "background-color": "#f6f8fb", "z-index": 0, events: "no" } },
  { selector: ".band1", style: { "background-color": "#e9eef5" } },
  { selector: ".axis", style: { shape: "rectangle", "background-color": "#16365f", color: "#fff", "font-weight": "bold", "font-size": (node) => 20 * node.data("k"), events: "no", "z-index": 6 } },
  { selector: ".level", style: { width: (node) => 32 * node.data("k"), height: (node) => (node.data("label").length * 13 + 20) * node.data("k"), "line-height": 1.15 } },
  { selector: ".year", style: { width: (node) => yearWidth(node.data("label")) * node.data("k"), height: (node) => 32 * node.data("k"), "background-color": "#44618a" } },
  { selector: ".work", style: { shape: "rectangle", width: BOX.width, height: BOX.height, "background-color": "#fff", "border-color": INK, "border-width": 2, "font-size": 13, "line-height": 1.2, "text-margin-y": 4, "z-index": 3 } },
  { selector: ".interpretation", style: { shape: "round-rectangle", "background-color": "#f3ecf9" } },
  { selector: ".cleanup", style: { shape: "cut-rectangle", "background-color": "#fff6e5" } },
  { selector: ".work.changed", style: { "border-style": "double", "border-width": 5 } },
  { selector: ".work.pending", style: { "border-style": "dotted", "border-width": 3 } },
  { selector: ".work.dead", style: { "border-width": 4, "background-color": "#d5d9de" } },
  { selector: ".work.unknown", style: { "border-width": 1, "border-color": "#5f6b78" } },
  { selector: ".work.unheld", style: { "border-style": "dashed", "border-width": 2 } },
  { selector: ".number", style: { width: 1, height: 1, "background-opacity": 0, "font-size": "data(size)", "font-weight": "bold", events: "no", "z-index": 4 } },
  { selector: ".state", style: { shape: "round-rectangle", width: "data(w)", height: STATE, "font-size": 11, "background-color": "#fff", "border-width": 1, "border-color": INK, events: "no", "z-index": 4 } },
  { selector: ".state.dead", style: { "background-color": INK, color: "#fff" } },
  { selector: "edge", style: { "font-family": FONT, width: 2, "line-color": "data(colour)", "line-style": "data(line)", "target-arrow-color": "data(colour)", "target-arrow-shape": "triangle", "arrow-scale": 1.1, "source-label": "data(label)", "text-wrap": "wrap", "source-text-offset": "data(at)", color: "data(colour)", "font-size": 12, "font-weight": "bold", "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 2, "min-zoomed-font-size": 5, "z-index-compare": "manual", "z-index": 1, "overlay-opacity": 0 } },
  { selector: "edge", style: { "curve-style": "unbundled-bezier", "control-point-distances": "data(bow)", "control-point-weights": 0.5 } },
  { selector: ".quiet, .tight", style: { "source-label": "" } },
  { selector: ".faded", style: { opacity: 0.25 } },
  { selector: "edge.lit", style: { width: 3.5, "source-label": "data(label)", "z-index": 2 } },
  { selector: "edge.tight.lit", style: { "z-index": 5 } },
  { selector: ".work.lit", style: { "underlay-color": "#f0a30a", "underlay-opacity": 0.55, "underlay-padding": 7 } },
];
function draw(width = $("stage").clientWidth, height = $("stage").clientHeight) {
  $("empty").hidden = EDGES.length > 0;
  const plan = layout(view.nodes, width, height);
  cy.batch(() => {
    cy.elements().remove();
    if (view.nodes.size) cy.add(elements(view.nodes, plan));
    if (cy.edges().length > MANY) cy.edges().addClass("quiet");
  });
  cy.nodes(".axis").forEach((label) => label.scratch("home", { ...label.position() }));
  fit();
  report();
}
function fit(part) {
  unstick();
  cy.fit(part, part ? 80 : 14);
  const most = part ? 1 : 1.4;
  if (cy.zoom() > most) { cy.zoom(most); cy.center(part); }
  stick();
  moved = false;
}
const unstick = () => cy.nodes(".axis").forEach((label) => { label.position(label.scratch("home")); });
function stick() {                             // names of lanes and years stay in the window while it moves
  const window = cy.extent();
  cy.batch(() => cy.nodes(".axis").forEach((label) => {
    const home = label.scratch("home");
    if (label.hasClass("level")) label.position({ x: Math.max(home.x, window.x1 + 24), y: home.y });
    else label.position({ x: home.x, y: Math.max(home.y, window.y1 + 22) });
  }));
}

/* ---- words around the picture ---- */
function make(tag, text, more = {}, ...children) {
  const element = document.createElement(tag);
  if (text !== null) element.textContent = text;
  for (const [name, value] of Object.entries(more)) name in element ? (element[name] = value) : element.setAttribute(name, value);
  element.append(...children);
  return element;
}
function report() {
  const lines = cy.edges().length, held = NODES.filter((node) => node.held).length;
  const now = view.nodes.size === NODES.length ? "" : `；画面 ${view.nodes.size} 份、${lines} 条`;
  const left = view.left ? `，另有 ${view.left} 份相关未画出` : "";
  $("counts").textContent = `共 ${NODES.length} 份文件（本库收有 ${held} 份），${EDGES.length} 条关系${now}${left}`;
  $("whole").textContent = view.center === null ? "回到焦点" : `显示全部（${NODES.length}）`;
  $("whole").hidden = NODES.length <= SMALL && view.center === null;
  legend();
}
const STATES = [["live", "有效"], ["changed", "已修改、部分失效"], ["pending", "尚未生效、暂停执行"], ["dead", "失效、废止"], ["unknown", "效力未知"]];
// 未入库 · 有效; nothing of what holds in no sense, an interpretation or a news item.
const told = (...words) => words.filter(Boolean).join(" · ");
const standing = (node) => told(node.held ? "" : "未入库", node.status === DATA.notApplicable ? "" : node.status);
const NOTES = [["转述", "（转述）：说的是别的文件做的事，不是这份文件的决定"], ["待核实", "（待核实）：文号由缺损文字推出，请核对原件"]];
function legendRows() {
  const shown = [...view.nodes].map((i) => NODES[i]);
  const kinds = new Set(cy.edges().map((line) => EDGES[line.data("link")].kind));
  return {
    notes: NOTES.filter(([word]) => cy.edges().some((line) => EDGES[line.data("link")].label.includes(word))).map(([, note]) => note),
    kinds: Object.entries(DATA.kinds).filter(([kind]) => kinds.has(kind)).map(([, kind]) => kind),
    states: [...STATES.filter(([look]) => shown.some((node) => node.look === look && node.held)),
      ...(shown.some((node) => !node.held) ? [["unheld", "虚线框：未入库"]] : []),
      ...(shown.some((node) => node.role === "interpretation") ? [["interpretation", "圆角框：解读"]] : []),
      ...(shown.some((node) => node.role === "cleanup") ? [["cleanup", "切角框：清理结果"]] : [])],
  };
}
function legend() {
  const rows = legendRows();
  const kinds = rows.kinds.map((kind) => {
    const line = make("i", "", { className: "line" });
    line.style.borderTopColor = kind.colour;
    line.style.borderTopStyle = kind.line;
    return make("span", null, {}, line, kind.label);
  });
  const states = rows.states.map(([look, label]) => make("span", null, {}, make("i", "", { className: `box ${look}` }), label));
  $("legend").replaceChildren(...kinds, ...states, ...rows.notes.map((note) => make("span", note)));
  $("legend").hidden = !kinds.length && !states.length;
}
const FOLD = { "〔": "(", "［": "(", "[": "(", "（": "(", "〕": ")", "］": ")", "]": ")", "）": ")" };
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s/g, "").replace(/[〔［[（〕］\]）]/g, (c) => FOLD[c]);
const searchable = NODES.map((node) => fold([node.number, node.title, node.key, ...node.facts.map((fact) => fact[1])].join("|")));
function search() {
  const words = $("query").value.split(/\s+/).map(fold).filter(Boolean);
  const found = NODES.map((_, i) => i).filter((i) => (words.length ? words.every((word) => searchable[i].includes(word)) : view.nodes.has(i)));
  found.sort((a, b) => weight(b) - weight(a) || a - b);
  const current = byKey.get(address().get("node"));
  $("hit-count").textContent = words.length ? `找到 ${found.length} 份${found.length > 80 ? "，列出前 80 份" : ""}` : `当前画面 ${found.length} 份`;
  $("hits").replaceChildren(...found.slice(0, 80).map((i) => {
    const node = NODES[i];
    const more = { type: "button", onclick: () => visit(i) };
    if (i === current) more["aria-current"] = "true";
    return make("li", null, {}, make("button", null, more, make("b", node.number), make("span", node.title || node.label), make("small", told(standing(node), `${weight(i)} 条关系`))));
  }));
}
const visit = (i) => go({ node: NODES[i].key, edge: null, focus: view.center === null ? null : NODES[view.nodes.has(i) ? view.center : i].key });

/* ---- the panel ---- */
function evidence(edge) {
  const quote = make("blockquote", edge.before ? `…${edge.before}` : "");
  quote.append(make("mark", edge.quote), edge.after ? `${edge.after}…` : "");
  return [quote, make("div", `出处：${edge.path || "未记录"}`, { className: "source" }), make("div", edge.notes.join("；"), { className: "source" })];
}
const jump = (i) => make("button", NODES[i].label, { type: "button", className: "jump", onclick: () => visit(i) });
function links(i, outgoing) {
  const groups = new Map();
  for (const e of linksOf[i]) {
    const edge = EDGES[e];
    if ((outgoing ? edge.s : edge.t) === i) groups.set(edge.kind, [...(groups.get(edge.kind) ?? []), edge]);
  }
  return Object.entries(DATA.kinds).filter(([kind]) => groups.has(kind)).flatMap(([kind, words]) => {
    const edges = groups.get(kind);
    const title = make("h3", `${outgoing ? words.label : words.inverse}（${edges.length}）`);
    title.style.borderLeftColor = words.colour;
    return [title, make("ul", null, {}, ...edges.map((edge) => make("li", null, {}, jump(outgoing ? edge.t : edge.s), ...(edge.label === words.label ? [] : [` ${edge.label}`]), ...evidence(edge))))];
  });
}
function nodePanel(i) {
  const node = NODES[i];
  const facts = make("dl", null, {}, ...node.facts.flatMap(([name, value]) => [make("dt", name), make("dd", value)]));
  const center = make("button", "以此为中心", { type: "button", onclick: () => go({ focus: node.key, node: node.key, all: null }) });
  return [
    make("h2", node.label, { tabIndex: -1 }),
    make("div", told(DATA.roles[node.role] ?? node.role, standing(node)), { className: "state" }),
    ...(node.period ? [make("div", node.period, { className: "source" })] : []), facts,
    make("div", null, { className: "actions" }, center, closer()),
    ...links(i, true), ...links(i, false),
    ...(linksOf[i].length ? [] : [make("p", "本库暂无它的关系")]),
  ];
}
function edgePanel(e) {
  const edge = EDGES[e], words = DATA.kinds[edge.kind];
  const same = EDGES.filter((one) => one.s === edge.s && one.t === edge.t && one.kind === edge.kind);
  const title = make("h3", edge.label);
  title.style.borderLeftColor = words.colour;
  return [make("h2", "关系的依据原文", { tabIndex: -1 }), jump(edge.s), title, jump(edge.t),
    make("ul", null, {}, ...same.map((one) => make("li", null, {}, ...evidence(one)))),
    make("div", null, { className: "actions" }, closer())];
}
const closer = () => make("button", "关闭", { type: "button", onclick: () => go({ node: null, edge: null }) });
function showPanel(query) {
  const node = byKey.get(query.get("node")), edge = query.get("edge");
  const content = node !== undefined ? nodePanel(node) : EDGES[edge] ? edgePanel(Number(edge)) : null;
  $("panel").hidden = !content;
  $("panel").replaceChildren(...(content ?? []));
  $("panel").scrollTop = 0;
  return { node, edge: node === undefined && EDGES[edge] ? EDGES[edge] : null };
}
function light({ node, edge }) {
  cy.batch(() => {
    cy.elements().removeClass("faded lit");
    if (node === undefined && !edge) return;
    const same = (line, one) => one.s === line.s && one.t === line.t && one.kind === line.kind;
    const lit = cy.edges().filter((line) => { const one = EDGES[line.data("link")]; return edge ? same(edge, one) : one.s === node || one.t === node; });
    const works = new Set(edge ? [edge.s, edge.t] : [node, ...lit.map((line) => other(EDGES[line.data("link")], node))]);
    cy.edges().not(lit).addClass("faded");
    lit.addClass("lit");
    cy.nodes().filter((one) => one.data("of") !== undefined && !works.has(one.data("of"))).addClass("faded");
    (edge ? cy.$(`#n${edge.s}, #n${edge.t}`) : cy.$(`#n${node}`)).addClass("lit");
  });
}

/* ---- the picture as a file and on paper ---- */
function drawing() {                           // laid out for a slide or a sheet, whatever the window; then put back
  const zoom = cy.zoom(), pan = { ...cy.pan() }, chosen = moved;
  draw(1640, 860);
  light(selected);
  unstick();
  // what cy.png() draws, but as a canvas and at once: printing does not wait
  const canvas = cy.renderer().bufferCanvasImage({ full: true, scale: 2, maxWidth: 7000, maxHeight: 5000, bg: "#fff" });
  draw();
  light(selected);
  cy.viewport({ zoom, pan });
  moved = chosen;
  return canvas;
}
function picture() {                           // the drawing with its title, date and legend
  const image = drawing();
  const unit = Math.max(image.width / 1500, 0.6), pad = 24 * unit;
  const canvas = make("canvas", null, { width: Math.max(image.width, 1200 * unit) + 2 * pad, height: image.height + 190 * unit });
  const pen = canvas.getContext("2d");
  const write = (text, x, y, size, colour = INK) => { pen.font = `bold ${size * unit}px ${FONT}`; pen.fillStyle = colour; pen.fillText(text, x, y); return pen.measureText(text).width; };
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  write(DATA.title, pad, 44 * unit, 30);
  write(`${$("as-of").textContent}　${$("counts").textContent}`, pad, 76 * unit, 16, "#55606e");
  pen.drawImage(image, (canvas.width - image.width) / 2, 96 * unit);
  let x = pad, y = image.height + 130 * unit;
  const rows = legendRows();
  const step = (width) => { x += width; if (x > canvas.width - 260 * unit) { x = pad; y += 30 * unit; } };
  for (const kind of rows.kinds) {
    pen.strokeStyle = kind.colour; pen.lineWidth = 3 * unit;
    pen.setLineDash({ solid: [], dashed: [8 * unit, 5 * unit], dotted: [3 * unit, 4 * unit] }[kind.line]);
    pen.beginPath(); pen.moveTo(x, y - 5 * unit); pen.lineTo(x + 36 * unit, y - 5 * unit); pen.stroke();
    step(44 * unit + write(kind.label, x + 44 * unit, y, 15) + 24 * unit);
  }
  return canvas;
}
function save() {
  picture().toBlob((blob) => {
    const link = make("a", "", { href: URL.createObjectURL(blob), download: `${DATA.title.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 80)}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
}
function preparePrint() {
  $("printed")?.remove();
  const canvas = drawing();
  canvas.id = "printed";
  canvas.removeAttribute("style");
  $("stage").after(canvas);
}

/* ---- filters, keys, start ---- */
function filters(name, labels, count) {
  for (const [value, label] of labels) {
    const box = make("input", null, { type: "checkbox", checked: true, onchange: () => { hidden[name][box.checked ? "delete" : "add"](value); show(true); } });
    $(`filter-${name}`).append(make("label", null, {}, box, label, make("output", String(count(value)))));
  }
}
function show(again) {
  const query = address();
  if (query.has("q") && query.get("q") !== asked) $("query").value = asked = query.get("q");
  document.body.classList.toggle("present", query.has("projection"));
  $("present").setAttribute("aria-pressed", String(query.has("projection")));
  const from = document.activeElement.closest("#hits, #panel")?.id;
  selected = showPanel(query);
  const next = choose(query);
  const changed = again || next.nodes.size !== view.nodes.size || [...next.nodes].some((i) => !view.nodes.has(i));
  view = next;
  cy.resize();
  if (changed) draw();
  search();
  light(selected);
  const lit = cy.nodes(".work").not(".faded");
  if (lit.nonempty() && lit.length < cy.nodes(".work").length && view.nodes.size > SMALL) fit(lit);
  else if (!changed && !moved) fit();
  if (from === "hits") $("hits").querySelector("[aria-current]")?.focus();
  if (from === "panel") ($("panel").querySelector("h2") ?? $("stage")).focus();
}
function keys(event) {
  const move = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }[event.key];
  const zoom = { "+": 1.2, "=": 1.2, "-": 1 / 1.2 }[event.key];
  if (event.key === "Escape") go({ node: null, edge: null });
  if (event.target !== $("stage")) return;
  if (move || zoom) moved = true;
  if (move) cy.panBy({ x: move[0], y: move[1] });
  if (zoom) cy.zoom({ level: cy.zoom() * zoom, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  if (event.key === "0") fit();
  if (move || zoom) event.preventDefault();
}
function start() {
  $("as-of").textContent = `据本库所知，截至 ${DATA.asOf}`;
  cy = cytoscape({ container: $("stage"), style: STYLE, layout: { name: "preset" }, autoungrabify: true, boxSelectionEnabled: false, minZoom: 0.05, maxZoom: 4 });
  cy.on("tap", "node.work", (event) => visit(event.target.data("of")));
  cy.on("tap", "edge", (event) => go({ edge: event.target.data("link"), node: null, ...(view.center === null ? {} : { focus: NODES[view.center].key }) }));
  cy.on("tap", (event) => { if (event.target === cy) go({ node: null, edge: null }); });
  cy.on("mouseover", "node.work, edge", () => { $("stage").style.cursor = "pointer"; });
  cy.on("mouseout", () => { $("stage").style.cursor = ""; });
  cy.on("viewport", stick);
  cy.on("dragpan scrollzoom pinchzoom", () => { moved = true; });
  const tally = (name) => NODES.reduce((counts, node) => counts.set(node[name], (counts.get(node[name]) ?? 0) + 1), new Map());
  const statuses = tally("status"), roles = tally("role");
  filters("kind", Object.entries(DATA.kinds).map(([kind, words]) => [kind, words.label]), (kind) => EDGES.filter((edge) => edge.kind === kind).length);
  filters("status", [...statuses.keys()].map((status) => [status, status]), (status) => statuses.get(status));
  filters("role", [...roles.keys()].map((role) => [role, DATA.roles[role] ?? role]), (role) => roles.get(role));
  $("query").oninput = search;
  $("query").onkeydown = (event) => { if (event.key === "Enter") $("hits").querySelector("button")?.click(); };
  $("whole").onclick = () => go(view.center === null ? { all: null, focus: NODES[byKey.get(address().get("node")) ?? DATA.focus ?? mostLinked()].key } : { all: "1", focus: null });
  $("fit").onclick = () => fit();
  $("picture").onclick = save;
  $("picture").disabled = !NODES.length;
  $("present").onclick = () => go({ projection: address().has("projection") ? null : "1" });
  window.onhashchange = () => show(false);
  window.onresize = () => { if ($("stage").clientWidth) show(true); };
  if (NODES.length) window.onbeforeprint = preparePrint;
  window.onkeydown = keys;
  if (NODES.length) show(true); else { $("empty").hidden = false; report(); }
}
start();
