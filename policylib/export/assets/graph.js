"use strict";
// The picture of a policy graph, which layout.js and routes.js, before this in the page, lay out.
// The data is in #data; what is shown is in the address after “#”:
//   #node=KEY selects a work · #focus=KEY shows what is within two relations of it · #all shows everything
//   #edge=N selects a relation · #q=TEXT searches · #projection hides the left column
// Text of documents only ever goes through textContent or onto a canvas.
const DATA = JSON.parse(document.getElementById("data").textContent);
const NODES = DATA.nodes, EDGES = DATA.edges;
const SMALL = 60;       // up to so many works are readable at once: shown whole
const MANY = 90;        // more lines than these stand closer, and some of their words wait until they are pointed at
const READABLE = 0.62;  // words of a box are read down to this scale; a larger picture opens on a part
const CROWD = 24;       // a focus view holds no more
const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",SimHei,sans-serif';
const INK = "#22303f";
const $ = (id) => document.getElementById(id);
const byKey = new Map(NODES.map((node, i) => [node.key, i]).reverse());
const linksOf = NODES.map(() => []);
EDGES.forEach((edge, i) => { linksOf[edge.s].push(i); if (edge.t !== edge.s) linksOf[edge.t].push(i); });
const WORLD = { nodes: NODES, edges: EDGES, linksOf, lanes: DATA.lanes };
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
const home = () => byKey.get(address().get("node")) ?? DATA.focus ?? mostLinked();
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
const isAsked = (i) => DATA.asked.includes(i) || i === view.center;
const lineOf = (edge) => (edge.plan ? "dotted" : DATA.kinds[edge.kind].line);
const markWidth = (node) => standing(node) ? Math.min([...standing(node)].length * 11 + 12, BOX.width) : 0;     // no wider: lines run beside the box
function linesOf(shown) {                      // one line for each kind between two works, whatever the number of places
  const lines = new Map();
  EDGES.forEach((edge, e) => {
    if (!drawn(edge) || edge.s === edge.t || !shown.has(edge.s) || !shown.has(edge.t)) return;
    const id = `${edge.s}>${edge.t}:${edge.label}`;
    if (lines.has(id)) lines.get(id).count++;
    else lines.set(id, { e, s: edge.s, t: edge.t, count: 1 });
  });
  return [...lines.values()].map((line) => ({ ...line, label: EDGES[line.e].label + (line.count > 1 ? `×${line.count}` : "") }));
}
function elements(shown, lines, plan) {
  const list = [];
  const text = (id, label, x, y, classes, more) => list.push({ data: { id, label, ...more }, position: { x, y }, classes, selectable: false });
  const side = 32 * plan.large;
  for (const lane of plan.lanes) {
    const middle = (lane.top + lane.bottom) / 2;
    text(`lane:${lane.name}`, "", (plan.width - side - 24) / 2, middle, `lane band${plan.lanes.indexOf(lane) % 2}`, { w: plan.width + side + 24, h: lane.bottom - lane.top });
    text(`level:${lane.name}`, [...lane.name].join("\n"), -side / 2 - 12, middle, "axis level", { k: plan.large });
  }
  for (const year of plan.years) text(`year:${year.name}`, year.name, year.x, -14 - 16 * plan.large, "axis year", { k: plan.large });
  for (const i of shown) {
    const node = NODES[i], { x, y } = plan.place.get(i);
    const state = standing(node);
    const classes = `work ${node.look} ${node.role} ${node.held ? "" : "unheld"} ${isAsked(i) ? "asked" : ""}`;
    list.push({ data: { id: `n${i}`, of: i, label: wrap(node.short, 10.4, 3) }, position: { x, y }, classes });
    text(`a${i}`, node.number, x, y - BOX.height / 2 + 15, "number", { of: i, size: Math.min(13, (BOX.width - 10) / breadth(node.number)) });
    if (state) text(`b${i}`, state, x, y + BOX.height / 2, `state ${node.look}`, { of: i, w: markWidth(node), size: Math.min(11, (BOX.width - 8) / breadth(state)) });
  }
  lines.forEach(({ e, s, t, label }, n) => {
    const { colour } = DATA.kinds[EDGES[e].kind], line = lineOf(EDGES[e]);
    const from = plan.place.get(s), to = plan.place.get(t), path = plan.paths[n];
    list.push({ data: { id: `e${e}`, link: e, source: `n${s}`, target: `n${t}`, colour, line, ...shape(path, from, to) }, classes: `${path.length > 2 ? "" : "direct"} ${EDGES[e].plan ? "plan" : ""}` });
    const word = plan.words[n];
    text(`w${e}`, word.label, word.x, word.y, `word ${word.hidden ? "tight" : ""}`, { link: e, colour });
  });
  return list;
}
const DASHES = { solid: [], dashed: [8, 5], dotted: [3, 4] };
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
  { selector: ".work.asked", style: { "border-width": 7, "border-color": "#8a5a00", "font-weight": "bold", "underlay-color": "#f0a30a", "underlay-opacity": 0.3, "underlay-padding": 8 } },
  { selector: ".number", style: { width: 1, height: 1, "background-opacity": 0, "font-size": "data(size)", "font-weight": "bold", events: "no", "z-index": 4 } },
  { selector: ".state", style: { shape: "round-rectangle", width: "data(w)", height: STATE, "font-size": "data(size)", "background-color": "#fff", "border-width": 1, "border-color": INK, events: "no", "z-index": 4 } },
  { selector: ".state.dead", style: { "background-color": INK, color: "#fff" } },
  { selector: "edge", style: { width: 2, "line-color": "data(colour)", "line-style": (edge) => (edge.data("line") === "solid" ? "solid" : "dashed"), "line-dash-pattern": (edge) => DASHES[edge.data("line")], "line-outline-width": 2, "line-outline-color": "#fff", "target-arrow-color": "data(colour)", "target-arrow-shape": "triangle", "arrow-scale": 1.1, "source-endpoint": "data(from)", "target-endpoint": "data(to)", "z-index-compare": "manual", "z-index": 1, "overlay-opacity": 0 } },
  { selector: "edge", style: { "curve-style": "round-segments", "edge-distances": "node-position", "segment-weights": (edge) => edge.data("weights"), "segment-distances": (edge) => edge.data("distances"), "segment-radii": 5 } },
  { selector: "edge.direct", style: { "curve-style": "straight" } },
  { selector: "edge.plan", style: { "target-arrow-fill": "hollow", "target-arrow-width": 1.5 } },
  { selector: ".word", style: { width: 1, height: 1, "background-opacity": 0, color: "data(colour)", "font-size": 12, "font-weight": "bold", "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 1, "line-height": 1.15, "min-zoomed-font-size": 5, "z-index": 2 } },
  { selector: ".word.tight", style: { display: "none" } },
  { selector: ".faded", style: { opacity: 0.25 } },
  { selector: "edge.lit", style: { width: 3.5, "z-index": 2 } },
  { selector: ".word.lit", style: { display: "element", "z-index": 5 } },
  { selector: ".work.lit", style: { "underlay-color": "#f0a30a", "underlay-opacity": 0.55, "underlay-padding": 7 } },
];
function draw(width = $("stage").clientWidth, height = $("stage").clientHeight) {
  $("empty").hidden = EDGES.length > 0;
  cy.elements().remove();
  if (view.nodes.size) {
    const lines = linesOf(view.nodes), marks = new Map([...view.nodes].map((i) => [i, markWidth(NODES[i])]));
    cy.add(elements(view.nodes, lines, layout(WORLD, view.nodes, lines, { width, height }, marks, lines.length <= MANY)));
  }
  cy.nodes(".axis").forEach((label) => label.scratch("home", { ...label.position() }));
  fit();
  if (view.center === null && view.nodes.size > SMALL && cy.zoom() < READABLE) {
    unstick();
    cy.zoom(READABLE);
    cy.center(cy.$(`#n${home()}`));
    stick();
  }
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
  $("fit").textContent = view.center === null && view.nodes.size > SMALL ? "看全图" : "适合窗口";
  $("whole").textContent = view.center === null ? "回到焦点" : `显示全部（${NODES.length}）`;
  $("whole").hidden = NODES.length <= SMALL && view.center === null;
  legend();
}
const STATES = [["live", "有效"], ["changed", "已修改、部分失效"], ["pending", "尚未生效、暂停执行"], ["dead", "失效、废止"], ["unknown", "效力未知"]];
// 未入库 · 有效; nothing of what holds in no sense, an interpretation or a news item.
const told = (...words) => words.filter(Boolean).join(" · ");
const standing = (node) => told(node.held ? "" : "未入库", node.status === DATA.notApplicable ? "" : node.status);
const NOTES = [["转述", "（转述）：说的是别的文件做的事，不是这份文件的决定"], ["待核实", "（待核实）：文号由缺损文字推出，请核对原件"], ["推断", "（推断）：原文没有写名称，只写“及其实施细则”一类"]];
function legendRows() {
  const shown = [...view.nodes].map((i) => NODES[i]);
  const lines = cy.edges().map((line) => EDGES[line.data("link")]);
  const acts = new Set(lines.filter((edge) => !edge.plan).map((edge) => edge.kind)), plans = new Set(lines.filter((edge) => edge.plan).map((edge) => edge.kind));
  return {
    notes: NOTES.filter(([word]) => cy.edges().some((line) => EDGES[line.data("link")].label.includes(word))).map(([, note]) => note),
    kinds: Object.entries(DATA.kinds).flatMap(([kind, words]) => [...(acts.has(kind) ? [words] : []), ...(plans.has(kind) ? [{ ...words, label: `${words.planned}（点线、空心箭头，只是计划）`, line: "dotted" }] : [])]),
    states: [...STATES.filter(([look]) => shown.some((node) => node.look === look && node.held)),
      ...([...view.nodes].some(isAsked) ? [["asked", [...view.nodes].some((i) => DATA.asked.includes(i)) ? "粗框：所问的文件" : "粗框：正在看的文件"]] : []),
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
  const place = (i) => NODES[i].place ?? Infinity;     // own papers first, as in every list of the office
  found.sort((a, b) => (place(a) === place(b) ? weight(b) - weight(a) || a - b : place(a) - place(b)));
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
    const said = new Set(lit.map((line) => line.data("link")));
    cy.nodes(".word").forEach((word) => { word.addClass(said.has(word.data("link")) ? "lit" : "faded"); });
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
    pen.setLineDash(DASHES[kind.line].map((part) => part * unit));
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
  $("as-of").textContent = `据本库所知，截至 ${DATA.asOf}${DATA.note ? `，${DATA.note}` : ""}`;
  cy = cytoscape({ container: $("stage"), style: STYLE, layout: { name: "preset" }, autoungrabify: true, boxSelectionEnabled: false, minZoom: 0.05, maxZoom: 4 });
  cy.on("tap", "node.work", (event) => visit(event.target.data("of")));
  cy.on("tap", "edge, .word", (event) => go({ edge: event.target.data("link"), node: null, ...(view.center === null ? {} : { focus: NODES[view.center].key }) }));
  cy.on("tap", (event) => { if (event.target === cy) go({ node: null, edge: null }); });
  cy.on("mouseover", "node.work, edge, .word", () => { $("stage").style.cursor = "pointer"; });
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
  $("whole").onclick = () => go(view.center === null ? { all: null, focus: NODES[home()].key } : { all: "1", focus: null });
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
